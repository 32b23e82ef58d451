package tapwarden.inspect.codec.quic;

import java.util.HexFormat;

/**
 * The constant from which, with a connection identifier, the keys of Initial packets are made (RFC
 * 9001 §5.2, RFC 9369 §3.3.1, the drafts before them, and Google's own), and the labels that go
 * with it.
 */
final class InitialSalt {
  /** Also draft 21's. */
  static final InitialSalt DRAFT_22 =
      new InitialSalt("7fbcdb0e7c66bbe92a96cd21519ebd7a02644a", "quic");

  /** Drafts 23 to 28. */
  static final InitialSalt DRAFT_23 =
      new InitialSalt("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic");

  /** Drafts 29 to 32. */
  static final InitialSalt DRAFT_29 =
      new InitialSalt("afbfec289993d24c9e9786f19c6111e04390a899", "quic");

  static final InitialSalt V1 = new InitialSalt("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic");

  static final InitialSalt V2_DRAFT =
      new InitialSalt("a707c203a59b47184a1d62ca570406ea7ae3e5d3", "quicv2");

  static final InitialSalt V2 =
      new InitialSalt("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2");

  static final InitialSalt Q050 =
      new InitialSalt("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", "quic");

  static final InitialSalt T050 =
      new InitialSalt("7ff579e5acd072915580304c43a2367c60488310", "quic");

  static final InitialSalt T051 =
      new InitialSalt("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d", "quic");

  /** The salt as a key of HMAC. */
  final HkdfSha256.Key key = new HkdfSha256.Key();

  final byte[] keyInfo;
  final byte[] ivInfo;
  final byte[] headerInfo;

  private InitialSalt(String hex, String label) {
    byte[] salt = HexFormat.of().parseHex(hex);
    key.set(salt, salt.length);
    keyInfo = HkdfSha256.info(label + " key", InitialKeys.KEY_BYTES);
    ivInfo = HkdfSha256.info(label + " iv", InitialKeys.IV_BYTES);
    headerInfo = HkdfSha256.info(label + " hp", InitialKeys.KEY_BYTES);
  }
}
