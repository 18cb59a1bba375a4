/** The person chose not to speak to such devices, or somebody they had verified is not the same any more. EN-02 */
export class NotTrusted extends Error {
  override name = 'NotTrusted';
}
