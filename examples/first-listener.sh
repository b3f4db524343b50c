#!/usr/bin/env bash
# From nothing to an HTTPS listener with two members, by curl alone. Elbow runs (`npm run up`), and so do the members
# (`node examples/members.mjs`). Other places for them: MEMBERS="127.0.0.1:9001 127.0.0.1:9002".
set -euo pipefail
cd "$(dirname "$0")/.."
export ELBOW_CREDENTIALS=${ELBOW_CREDENTIALS:-var/credentials.json}
read -r -a members <<< "${MEMBERS:-127.0.0.1:9001 127.0.0.1:9002}"
port=${PORT:-8443}
name=www.example.test
work=$(mktemp -d "${TMPDIR:-/tmp}/first-listener.XXXXXX")

# api METHOD PATH BODY: one signed call; prints the answer, stops the script when it is an error.
api() {
  curl -sS --noproxy '*' --fail-with-body -K <(node examples/sign.mjs "$@") --data-binary "$3"
}

# get KEYS: a value out of the JSON on standard input, as `.loadbalancer.id`.
get() {
  node -e 'let t = ""; process.stdin.on("data", (d) => (t += d)).on("end", () =>
    console.log(process.argv[1].split(".").slice(1).reduce((value, key) => value[key], JSON.parse(t))))' "$1"
}

# text FILE: its content as a JSON string.
text() {
  node -p 'JSON.stringify(require("node:fs").readFileSync(process.argv[1], "utf8"))' "$1"
}

echo "0. a certificate for $name, signed by itself"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$name" \
  -addext "subjectAltName=DNS:$name" -keyout "$work/key.pem" -out "$work/certificate.pem" 2> "$work/openssl.log"

echo "1. a load balancer; it gets the first free address"
answer=$(api POST loadbalancers '{"loadbalancer": {"name": "first", "availability_zone_list": ["az1"], "ip_target_enable": true}}')
load_balancer=$(get .loadbalancer.id <<< "$answer")
vip=$(get .loadbalancer.vip_address <<< "$answer")

echo "2. the certificate and its key"
body="{\"certificate\": {\"certificate\": $(text "$work/certificate.pem"), \"private_key\": $(text "$work/key.pem")}}"
certificate=$(api POST certificates "$body" | get .certificate.id)

echo "3. an HTTPS listener on $vip:$port"
body="{\"listener\": {\"name\": \"web\", \"loadbalancer_id\": \"$load_balancer\", \"protocol\": \"HTTPS\",
  \"protocol_port\": $port, \"default_tls_container_ref\": \"$certificate\",
  \"tls_ciphers_policy\": \"tls-1-2-fs-with-1-3\"}}"
listener=$(api POST listeners "$body" | get .listener.id)

echo "4. a pool behind it"
body="{\"pool\": {\"listener_id\": \"$listener\", \"protocol\": \"HTTP\", \"lb_algorithm\": \"ROUND_ROBIN\"}}"
pool=$(api POST pools "$body" | get .pool.id)

echo "5. its members: ${members[*]}"
for member in "${members[@]}"; do
  api POST "pools/$pool/members" "{\"member\": {\"address\": \"${member%:*}\", \"protocol_port\": ${member##*:}}}" > /dev/null
done

ask=(curl -sS --noproxy '*' --cacert "$work/certificate.pem" --connect-to "::$vip:$port" "https://$name:$port/hello")
echo
printf '$ %s\n' "${ask[*]}"
for _ in 1 2 3 4; do "${ask[@]}"; done
