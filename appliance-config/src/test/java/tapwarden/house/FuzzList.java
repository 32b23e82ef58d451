package tapwarden.house;

import java.util.Set;

/** The one list of fuzz tests: a parser of hostile input is not done before it stands here. */
final class FuzzList {
  static final Set<String> REQUIRED =
      Set.of(
          "BpfFilterFuzzTest",
          "CertificateReaderFuzzTest",
          "ClaimRulesFuzzTest",
          "CompressionFuzzTest",
          "ConfigLoaderFuzzTest",
          "DhcpFuzzTest",
          "Dhcpv6FuzzTest",
          "DnsMessageFuzzTest",
          "FrameExplainerFuzzTest",
          "FtpFuzzTest",
          "HandshakeAssemblerFuzzTest",
          "HelloFuzzTest",
          "JsonWriterFuzzTest",
          "KnownProtocolsFuzzTest",
          "LineParserFuzzTest",
          "NbnsFuzzTest",
          "NtpFuzzTest",
          "PacketDecoderFuzzTest",
          "PcapReaderFuzzTest",
          "PcapngReaderFuzzTest",
          "ProofReaderFuzzTest",
          "SnmpFuzzTest",
          "SshFuzzTest",
          "TcpStreamsFuzzTest",
          "TelnetFuzzTest",
          "WireViewsFuzzTest");

  private FuzzList() {}
}
