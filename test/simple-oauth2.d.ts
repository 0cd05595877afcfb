// the package comes without types: what the tests use of it
declare module 'simple-oauth2' {
  export interface AccessToken {
    token: Record<string, unknown>
    refresh(): Promise<AccessToken>
    revoke(type: 'access_token' | 'refresh_token'): Promise<unknown>
  }
  export class AuthorizationCode {
    constructor(config: object)
    authorizeURL(params: Record<string, string>): string
    getToken(params: Record<string, string>): Promise<AccessToken>
    createToken(token: object): AccessToken
  }
}
