export const signIn = {
  page: 'Sign in',
  addTitle: 'Add account',
  againTitle: 'Sign in again',
  server: 'Homeserver',
  serverHint: 'A server name such as matrix.org, or its address.',
  user: 'User name',
  password: 'Password',
  showPassword: 'Show password',
  submit: 'Sign in',
  busy: 'Signing in…',
  looking: 'Asking {server} how one signs in there…',
  asking: 'Asking {server}…',
  waiting: 'Still waiting for {server} to answer…',
  cancel: 'Cancel',
  browser: 'Continue in the browser',
  provider: 'Continue with {name}',
  singleSignOn: 'Continue with single sign-on',
  or: 'or with a password',
  inBrowser: {
    asking: 'Asking {server}…',
    browser: 'Sign in on the page that has opened in your browser',
    browserHint: 'Carillon goes on by itself as soon as you are done there.',
    code: 'Enter this code on any device with a browser',
    codeAt: 'Open this address there:',
    codeHint: 'Carillon goes on by itself as soon as you are done there. The code is good for {time}.',
    finishing: 'Signing in…',
    open: 'Open the page again',
    useCode: 'Use a code instead',
    copyCode: 'Copy code',
    copyAddress: 'Copy address',
    copied: 'Copied',
  },
  accountsLost:
    'The file with your accounts could not be read. It was kept as accounts.json.unreadable. Sign in again; this computer then counts as a new device.',
  keyring:
    'This desktop has no keyring. Your session is kept in a file that other programs of your desktop user can read.',
  noKeyring: {
    title: 'This desktop has no keyring',
    what: 'Carillon stays signed in, but what it needs for that lies in a file that other programs of your desktop user can read: your session, and the key to your encrypted calls.',
    instead: 'To have it protected, set up a keyring such as GNOME Keyring or KWallet, then start Carillon again.',
    goOn: 'Continue without a keyring',
  },
  missing: {
    server: 'Enter the name of your homeserver, for example matrix.org.',
    user: 'Enter your user name.',
    password: 'Enter your password.',
  },
  failure: {
    malformedServer: 'This is not a server name or address. Enter a name such as matrix.org.',
    insecureServer:
      'This address starts with http://, so your password would travel unprotected. Use https://, or only the server name.',
    unknownServer: 'There is no server with this name. Check the spelling.',
    unreachable: 'The server does not answer. Check the name and your internet connection, then try again.',
    certificate:
      'The server’s certificate is not trusted, so someone could be listening. Check the name and this computer’s clock, or ask whoever runs the server.',
    notMatrix: 'A server answers here, but not as a Matrix homeserver. Check the name, or ask whoever runs it.',
    wellKnownInvalid:
      'The server points to a homeserver that cannot be used. Enter the homeserver’s own address, or tell whoever runs it.',
    passwordUnsupported:
      'This homeserver does not accept passwords from apps. Use another homeserver, or ask whoever runs it for password sign-in.',
    wrongPassword: 'User name or password is wrong. Check both; capital letters count.',
    deactivated: 'This account was deactivated. Use another account, or ask whoever runs the server.',
    rateLimited: 'The server has seen too many attempts. Wait a little, then sign in again.',
    rateLimitedFor: 'The server has seen too many attempts. Wait {time}, then sign in again.',
    otherServer:
      'The server signed in an account of a different server, so Carillon refused it. Enter the server that stands in your Matrix address.',
    otherUser:
      'You signed in as somebody else. To bring this account back, sign in as {id}; for another one choose “Add account”.',
    noMethods:
      'This homeserver offers no way to sign in that Carillon knows. Use another homeserver, or ask whoever runs it.',
    noBrowser: 'No browser could be opened. Set a default browser in your system’s settings, then try again.',
    refusedInBrowser: 'Nothing was granted in the browser. Try again if you want to sign in.',
    serviceFailed:
      'The sign-in page answered in a way that Carillon cannot use. Try again; if it keeps failing, tell whoever runs the server.',
    timedOut: 'Nothing came back from the browser for a long time. Try again when you are ready.',
    alreadySignedIn: 'This account is already signed in here. Choose it from the account menu.',
    storage:
      'Your session could not be written to disk. Make sure that the disk is not full and that you may write to your home folder, then sign in again.',
    unexpected: 'Signing in failed inside Carillon. Try again; nothing you entered was lost.',
  },
};
