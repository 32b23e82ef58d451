package tapwarden.inspect.protocol.ftp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.IpAddress;

/**
 * The data connections of one control connection: where the next one will be (PORT, EPRT, PASV and
 * EPSV), and what will be transferred over it. An address of somebody else is odd: it lets a server
 * connect to third parties (RFC 2577 §3).
 */
final class FtpChannels {
  /** Replies that give an address. */
  static final int PASSIVE = 227;

  static final int EXTENDED_PASSIVE = 229;

  private static final int LEAST_HARMLESS_PORT = 1_024;
  private static final String DATA_PROTOCOL = "ftp-data";

  /** As Suricata writes it. */
  private static final byte[] NAME_OF_SERVER = "<stou>".getBytes(US_ASCII);

  /** The next transfer goes over the connection that was announced last. */
  private @Nullable FtpTransfer announced;

  private @Nullable IpAddress clientAddress;
  private @Nullable IpAddress serverAddress;

  /**
   * What a command says of data connections.
   *
   * @param swapped the flow has client and server exchanged
   */
  void command(Report report, FtpCommand command, boolean swapped) {
    byte[] argument = command.argument();
    switch (command.word()) {
      case "PORT" -> {
        learnAddresses(report, swapped);
        active(report, command, FtpAddress.parseNumbers(argument, 0, argument.length));
      }
      case "EPRT" -> {
        learnAddresses(report, swapped);
        active(report, command, FtpAddress.parseExtended(argument, 0, argument.length));
      }
      case "PASV", "EPSV" -> announced = null;
      default -> {
        FtpTransfer transfer = announced;
        if (transfer != null && FtpTransfer.isTransfer(command.word())) {
          transfer.begin(command.word(), fileName(command));
          announced = null;
        }
      }
    }
  }

  /**
   * What a reply says of them.
   *
   * @param waiting the commands behind that one that were sent already
   */
  void reply(
      Report report,
      FtpCommand command,
      int code,
      FtpReplies replies,
      boolean swapped,
      Iterable<FtpCommand> waiting) {
    byte[] text = replies.text();
    int start = replies.lastStart();
    int end = replies.lastEnd();
    FtpAddress address;
    if (code == PASSIVE && command.is("PASV")) {
      address = FtpAddress.parseNumbers(text, start, end);
    } else if (code == EXTENDED_PASSIVE && command.is("EPSV")) {
      address = FtpAddress.parseExtendedReply(text, start, end);
    } else {
      return;
    }
    learnAddresses(report, swapped);
    passive(report, command, address);
    FtpTransfer transfer = announced;
    for (FtpCommand next : waiting) {
      if (transfer != null && FtpTransfer.isTransfer(next.word())) {
        transfer.begin(next.word(), fileName(next));
        announced = null;
        return;
      }
    }
  }

  private static byte[] fileName(FtpCommand command) {
    byte[] given = command.argument();
    return given.length == 0 && command.is("STOU") ? NAME_OF_SERVER : given;
  }

  private void active(Report report, FtpCommand command, @Nullable FtpAddress address) {
    if (address == null) {
      report.oddity("address_malformed");
      return;
    }
    command.meets(address, true);
    IpAddress to = address.address();
    if (to != null && !to.equals(clientAddress)) {
      report.oddity("port_to_other_address");
    }
    if (address.port() < LEAST_HARMLESS_PORT) {
      report.oddity("port_below_1024");
    }
    announced = new FtpTransfer();
    expect(report, to == null ? clientAddress : to, address.port());
  }

  private void passive(Report report, FtpCommand command, @Nullable FtpAddress address) {
    if (address == null) {
      report.oddity("address_malformed");
      return;
    }
    command.meets(address, false);
    announced = new FtpTransfer();
    expect(report, serverAddress, address.port());
    IpAddress to = address.address();
    if (to != null && !to.equals(serverAddress)) {
      // A server behind a translator of addresses tells its inner one; clients take the outer one.
      report.oddity("passive_to_other_address");
      expect(report, to, address.port());
    }
  }

  private void expect(Report report, @Nullable IpAddress to, int port) {
    if (to != null) {
      report.expect(DATA_PROTOCOL, to.version(), to.high(), to.low(), port, announced);
    }
  }

  private void learnAddresses(Report report, boolean swapped) {
    if (clientAddress == null) {
      FlowSnapshot flow = report.flow();
      IpAddress client = new IpAddress(flow.ipVersion(), flow.clientHigh(), flow.clientLow());
      IpAddress server = new IpAddress(flow.ipVersion(), flow.serverHigh(), flow.serverLow());
      clientAddress = swapped ? server : client;
      serverAddress = swapped ? client : server;
    }
  }
}
