package tapwarden.inspect.stream;

/** What becomes of a segment whose TCP checksum is wrong. In any case it is counted. */
public enum ChecksumPolicy {
  /**
   * It is a decoy, which the receiver will drop, unless the sender's checksums have all been wrong
   * here: then somebody has spoilt them on the way to the tap, as where addresses were made
   * anonymous.
   */
  DISTRUST,
  /** It is read as any other: where the mirror or a recorder is known to spoil checksums. */
  USE,
  /** It is never read. */
  IGNORE
}
