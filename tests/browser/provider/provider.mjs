// An OpenID Connect provider for the test of signing in: `npm install oidc-provider@9.13.3` where
// BOARDPAPERS_OIDC names a folder, then node provider.mjs PORT REDIRECT (test_sign_in.py does).
import { createRequire } from 'node:module';
const require = createRequire(`${process.env.BOARDPAPERS_OIDC}/package.json`);
const { Provider } = await import(require.resolve('oidc-provider'));

const [port, redirect] = process.argv.slice(2);
const parenting = 'Ferrowdale County Council: Corporate Parenting Board';
const roles = { clerk: ['officer'], member: ['member'] };
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: 'boardpapers',
    client_secret: 'known-to-this-test-alone',
    redirect_uris: [redirect],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['roles', 'committees'] },
  conformIdTokenClaims: false,
  async findAccount(context, id) {
    const claims = async () => ({
      sub: id,
      email: `${id}@council.example`,
      email_verified: true,
      roles: roles[id] ?? [],
      committees: id === 'member' ? [parenting] : [],
    });
    return { accountId: id, claims };
  },
});
provider.listen(Number(port));
