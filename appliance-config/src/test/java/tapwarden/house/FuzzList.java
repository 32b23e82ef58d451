package tapwarden.house;

import java.util.Set;

/** The one list of fuzz tests: a parser of hostile input is not done before it stands here. */
final class FuzzList {
  static final Set<String> REQUIRED =
      Set.of(
          "BpfFilterFuzzTest",
          "CdpFuzzTest",
          "CertificateReaderFuzzTest",
          "ClaimRulesFuzzTest",
          "CompressionFuzzTest",
          "ConfigLoaderFuzzTest",
          "ContentDecodersFuzzTest",
          "DhcpFuzzTest",
          "Dhcpv6FuzzTest",
          "DnsMessageFuzzTest",
          "FrameExplainerFuzzTest",
          "FtpDataFuzzTest",
          "FtpFuzzTest",
          "HandshakeAssemblerFuzzTest",
          "HelloFuzzTest",
          "HpackDecoderFuzzTest",
          "Http2FuzzTest",
          "HttpFuzzTest",
          "HttpHeadFuzzTest",
          "JsonWriterFuzzTest",
          "KnownProtocolsFuzzTest",
          "LineParserFuzzTest",
          "LldpFuzzTest",
          "MailFuzzTest",
          "MqttFuzzTest",
          "NbnsFuzzTest",
          "NtpFuzzTest",
          "PacketDecoderFuzzTest",
          "PcapReaderFuzzTest",
          "PcapngReaderFuzzTest",
          "ProofReaderFuzzTest",
          "ProxyProtocolFuzzTest",
          "QuicCodecFuzzTest",
          "QuicFuzzTest",
          "ReassemblerFuzzTest",
          "RtspFuzzTest",
          "SipFuzzTest",
          "SmtpFuzzTest",
          "SnmpFuzzTest",
          "SocksFuzzTest",
          "SsdpFuzzTest",
          "SshFuzzTest",
          "TcpStreamsFuzzTest",
          "TelnetFuzzTest",
          "TftpFuzzTest",
          "WireViewsFuzzTest");

  private FuzzList() {}
}
