package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InitialOpenerTest {
  private final InitialOpener opener = new InitialOpener();
  private final LongHeader header = new LongHeader();

  private void parse(byte[] packet) {
    assertThat(header.parse(MemorySegment.ofArray(packet), 0, packet.length)).isTrue();
  }

  private byte[] opened() {
    return Arrays.copyOf(opener.plain(), opener.plainLength());
  }

  private InitialKeys keys(byte[] clientPacket) {
    parse(clientPacket);
    InitialKeys keys = new InitialKeys();
    keys.copy(Objects.requireNonNull(opener.openFirst(header)));
    return keys;
  }

  private static void assertHalf(InitialKeys.Half half, String key, String iv, String header) {
    assertThat(half.key).isEqualTo(hex(key));
    assertThat(half.iv).isEqualTo(hex(iv));
    assertThat(half.header).isEqualTo(hex(header));
  }

  /** RFC 9001 §A.1. */
  @Test
  void makesTheKeysOfVersion1() {
    InitialKeys keys = keys(Initials.clientV1());
    HkdfSha256 hkdf = new HkdfSha256();
    assertHalf(
        keys.half(hkdf, true),
        "1f369613dd76d5467730efcbe3b1a22d",
        "fa044b2f42a3fd3b46fb255c",
        "9f50449e04a0e810283a1e9933adedd2");
    assertHalf(
        keys.half(hkdf, false),
        "cf3a5331653c364c88f0f379b6067e37",
        "0ac1493ca1905853b0bba03e",
        "c206b8d9b9f0f37644430b490eeaa314");
  }

  /** RFC 9369 §A.1. */
  @Test
  void makesTheKeysOfVersion2() {
    InitialKeys keys = keys(Initials.clientV2());
    HkdfSha256 hkdf = new HkdfSha256();
    assertHalf(
        keys.half(hkdf, true),
        "8b1a0bc121284290a29e0971b5cd045d",
        "91f73e2351d8fa91660e909f",
        "45b95e15235d6f45a6b19cbcb0294ba9");
    assertHalf(
        keys.half(hkdf, false),
        "82db637861d55e1d011f19ea71d5d2a7",
        "dd13c276499c0249d3310652",
        "edf6d05c83121201b436e16877593c3a");
  }

  /** RFC 9001 §A.2 and RFC 9369 §A.2: number 2, 1,162 bytes of frames. */
  @Test
  void opensTheClientsPacketsOfBothStandards() {
    byte[] plain = Arrays.copyOf(Initials.CLIENT_FRAMES, 1_162);
    for (byte[] packet : new byte[][] {Initials.clientV1(), Initials.clientV2()}) {
      parse(packet);
      assertThat(opener.openFirst(header)).isNotNull();
      assertThat(opener.packetNumber()).isEqualTo(2);
      assertThat(opened()).isEqualTo(plain);
    }
  }

  /** RFC 9001 §A.3 and RFC 9369 §A.3: number 1 in two bytes. */
  @Test
  void opensTheServersPacketsOfBothStandards() {
    byte[][] clients = {Initials.clientV1(), Initials.clientV2()};
    byte[][] servers = {Initials.SERVER_V1, Initials.SERVER_V2};
    for (int i = 0; i < clients.length; i++) {
      InitialKeys keys = keys(clients[i]);
      parse(servers[i]);
      assertThat(opener.open(header, keys, false, -1)).isTrue();
      assertThat(opener.packetNumber()).isEqualTo(1);
      assertThat(opened()).isEqualTo(Initials.SERVER_FRAMES);
    }
  }

  @Test
  void opensTheAnswerInAnotherVersionThanWasAskedFor() {
    InitialKeys keys = keys(Initials.clientV1());
    parse(Initials.SERVER_V2);
    assertThat(opener.open(header, keys, false, -1)).isTrue();
    parse(Initials.SERVER_V1);
    assertThat(opener.open(header, keys, false, -1)).isTrue();
    assertThat(opened()).isEqualTo(Initials.SERVER_FRAMES);
  }

  @Test
  void refusesAPacketOfWhichAnyBitIsChanged() {
    byte[] packet = Initials.client(Initials.ID, 0, Initials.CLIENT_FRAMES, 300);
    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] changed = packet.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      boolean parsed = header.parse(MemorySegment.ofArray(changed), 0, changed.length);
      assertThat(parsed && opener.openFirst(header) != null).as("bit %d", bit).isFalse();
    }
    parse(packet);
    assertThat(opener.openFirst(header)).isNotNull();
  }

  @Test
  void refusesAServersPacketAsAClientsFirst() {
    parse(Initials.SERVER_V1);
    assertThat(opener.openFirst(header)).isNull();
  }

  /** Salts of wireshark's list of constants, which real captures confirm. */
  @Test
  void opensDraftsAndMadeUpVersionsWithTheSaltThatFits() {
    String draft22 = "7fbcdb0e7c66bbe92a96cd21519ebd7a02644a";
    String draft23 = "c3eef712c72ebb5a11a7d2432bb46365bef9f502";
    String draft29 = "afbfec289993d24c9e9786f19c6111e04390a899";
    String v1 = "38762cf7f55934b34d179ae6a4c80cadccbb7f0a";
    assertThat(opens(0xFF000016, draft22)).isTrue();
    assertThat(opens(0xFF00001B, draft23)).isTrue();
    assertThat(opens(0xFF00001D, draft29)).isTrue();
    assertThat(opens(0xFF000022, v1)).isTrue();
    assertThat(opens(0xFACEB002, draft23)).isTrue();
    assertThat(opens(0xFACEB010, v1)).isTrue();
    assertThat(opens(0x1A2A3A4A, v1)).isTrue();
    assertThat(opens(0x50435130, draft29)).isTrue();
    assertThat(opens(1, draft29)).isFalse();
  }

  private boolean opens(int version, String salt) {
    byte[] id = Initials.ID;
    parse(
        Initials.initial(version, hex(salt), id, "client in", id, 7, Initials.CLIENT_FRAMES, 400));
    return opener.openFirst(header) != null;
  }

  @Test
  void opensThePacketThatWasOpenedLastOnceMore() {
    byte[] packet = Initials.clientV1();
    parse(packet);
    assertThat(opener.openFirst(header)).isNotNull();
    assertThat(opener.openFirst(header)).isNotNull();
    assertThat(opener.plainLength()).isEqualTo(1_162);
    packet[700] ^= 1;
    parse(packet);
    assertThat(opener.openFirst(header)).isNull();
    packet[700] ^= 1;
    assertThat(opener.openFirst(header)).isNotNull();
  }

  @Test
  void opensAPacketAsLongAsADatagram() {
    byte[] packet = Initials.client(Initials.ID, 1, Initials.CLIENT_FRAMES, 65_000);
    parse(packet);
    assertThat(opener.openFirst(header)).isNotNull();
    assertThat(opener.plainLength()).isEqualTo(65_000);
  }

  /** RFC 9000 §A.3's example, and both ends of the range. */
  @Test
  void decodesPacketNumbers() {
    assertThat(InitialOpener.whole(0x9B32, 16, 0xA82F30EAL)).isEqualTo(0xA82F9B32L);
    assertThat(InitialOpener.whole(0, 8, -1)).isZero();
    assertThat(InitialOpener.whole(0xFF, 8, -1)).isEqualTo(0xFF);
    assertThat(InitialOpener.whole(0x05, 8, 0xFE)).isEqualTo(0x105);
    assertThat(InitialOpener.whole(0xFE, 8, 0x100)).isEqualTo(0xFE);
  }
}
