package tapwarden.house;

import java.util.Set;

/** The one list of fuzz tests: a parser of hostile input is not done before it stands here. */
final class FuzzList {
  static final Set<String> REQUIRED =
      Set.of(
          "BpfFilterFuzzTest",
          "CertificateReaderFuzzTest",
          "CompressionFuzzTest",
          "ConfigLoaderFuzzTest",
          "DnsMessageFuzzTest",
          "FrameExplainerFuzzTest",
          "HandshakeAssemblerFuzzTest",
          "HelloFuzzTest",
          "JsonWriterFuzzTest",
          "LineParserFuzzTest",
          "PacketDecoderFuzzTest",
          "PcapReaderFuzzTest",
          "PcapngReaderFuzzTest",
          "ProofReaderFuzzTest",
          "TcpStreamsFuzzTest",
          "WireViewsFuzzTest");

  private FuzzList() {}
}
