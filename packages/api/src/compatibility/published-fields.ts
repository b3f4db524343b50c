/** Fields of the published API, resource by resource: facts about others, so they are data. */
export const publishedFields = {
  LoadBalancer:
    'id project_id name description provisioning_status operating_status admin_state_up provider ' +
    'guaranteed vpc_id vip_subnet_cidr_id vip_address vip_port_id ipv6_vip_virsubnet_id ipv6_vip_address ' +
    'ipv6_vip_port_id ipv6_bandwidth availability_zone_list enterprise_project_id l4_flavor_id ' +
    'l7_flavor_id l4_scale_flavor_id l7_scale_flavor_id gw_flavor_id loadbalancer_type elb_virsubnet_ids ' +
    'elb_virsubnet_type ip_target_enable publicip_ids publicip eips publicips global_eips tags listeners ' +
    'pools deletion_protection_enable autoscaling waf_failure_action protection_status protection_reason ' +
    'charge_mode billing_info prepaid_options frozen_scene public_border_group service_lb_mode ' +
    'instance_type instance_id proxy_protocol_extensions log_group_id log_topic_id custom_qos_limit ' +
    'user_defined_dns created_at updated_at',
  Listener:
    'id project_id enterprise_project_id name description loadbalancer_id loadbalancers protocol ' +
    'protocol_port port_ranges admin_state_up default_pool_id connection_limit default_tls_container_ref ' +
    'client_ca_tls_container_ref sni_container_refs sni_match_algo tls_ciphers_policy security_policy_id ' +
    'http2_enable ssl_early_data_enable quic_config insert_headers enable_member_retry keepalive_timeout ' +
    'client_timeout member_timeout ipgroup transparent_client_ip_enable proxy_protocol_enable ' +
    'enhance_l7policy_enable gzip_enable cps connection nat64_enable protection_status protection_reason ' +
    'tags access_log_customized_headers_config tracing_config created_at updated_at',
  Pool:
    'id project_id name description admin_state_up protocol lb_algorithm listener_id loadbalancer_id type ' +
    'vpc_id listeners loadbalancers members healthmonitor_id session_persistence slow_start ' +
    'connection_drain pool_health az_affinity any_port_enable member_deletion_protection_enable ' +
    'ip_version public_border_group quic_cid_hash_strategy protection_status protection_reason ' +
    'enterprise_project_id created_at updated_at',
  Member:
    'id project_id name address subnet_cidr_id protocol_port weight availability_zone admin_state_up ' +
    'ip_version operating_status status reason member_type instance_id created_at updated_at',
  HealthMonitor:
    'id project_id name pool_id type delay timeout max_retries max_retries_down monitor_port domain_name ' +
    'http_method url_path expected_codes admin_state_up created_at updated_at http_version ' +
    'content_check_enable sni_enable send_content receive_content content_format',
  L7Policy:
    'id project_id name description admin_state_up listener_id action position priority redirect_pool_id ' +
    'redirect_pools_config redirect_pools_sticky_session_config redirect_pools_extend_config ' +
    'redirect_listener_id redirect_url redirect_url_config fixed_response_config rules ' +
    'provisioning_status enterprise_project_id created_at updated_at',
  L7Rule:
    'id project_id admin_state_up type compare_type key value invert conditions provisioning_status ' +
    'created_at updated_at',
  Certificate:
    'id project_id name description type certificate private_key enc_certificate enc_private_key domain ' +
    'common_name subject_alternative_names fingerprint expire_time scm_certificate_id source ' +
    'admin_state_up protection_status protection_reason enterprise_project_id created_at updated_at',
  IpGroup: 'id project_id name description ip_list listeners enterprise_project_id created_at updated_at',
  SecurityPolicy:
    'id project_id name description protocols ciphers listeners enterprise_project_id created_at ' +
    'updated_at',
  LogTank: 'id project_id loadbalancer_id log_group_id log_topic_id',
} as const;

export type PublishedResource = keyof typeof publishedFields;
