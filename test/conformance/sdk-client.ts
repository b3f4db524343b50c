import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js';
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import type { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js';
import { Logger4jInstance } from '@huaweicloud/huaweicloud-sdk-core/logger/log4jLogger.js';
import type { Credentials } from '@elbow/testkit';

Logger4jInstance.level = 'off'; // it prints a page for each error answer

export interface SdkAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
  readonly json: any;
  /** Of an error. */
  readonly code: string | null;
  readonly message: string;
}

/** Calls by the signer, the HTTP and the error classes that the cloud's Node SDKs are made of. */
export class SdkClient {
  private readonly client: HcClient;
  private readonly project: string;

  constructor({ endpoint, project_id: project, access_key: accessKey, secret_key: secretKey }: Credentials) {
    this.project = project;
    this.client = new ClientBuilder((made: HcClient) => made)
      .withEndpoint(endpoint)
      .withCredential(new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(project))
      .build();
  }

  /** @param path with `{project_id}` where the project stands, and a query of its own */
  async call(method: string, path: string, data?: unknown): Promise<SdkAnswer> {
    const [url, query = ''] = path.split('?');
    const request = {
      method,
      url,
      contentType: 'application/json',
      headers: {},
      pathParams: { project_id: this.project },
      queryParams: Object.fromEntries(new URLSearchParams(query)),
      ...(data === undefined ? {} : { data }),
    };
    try {
      const answer = (await this.client.sendRequest(request as never)) as Record<string, unknown>;
      return { status: Number(answer['httpStatusCode']), json: answer, code: null, message: '' };
    } catch (error) {
      return errorOf(error);
    }
  }
}

function errorOf(error: unknown): SdkAnswer {
  const { httpStatusCode, errorCode, errorMsg } = error as Record<string, unknown>;
  if (typeof httpStatusCode !== 'number') throw error;
  return { status: httpStatusCode, json: null, code: String(errorCode), message: String(errorMsg) };
}
