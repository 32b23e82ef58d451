package tapwarden.appliance.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tapwarden.capture.source.live.LiveInterface;
import tapwarden.capture.source.live.LiveInterfaces;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.IpAddress;

/** {@code tapwarden interfaces}: the interfaces that can be listened to. */
@Command(
    name = "interfaces",
    header = "Lists the interfaces that 'run -i' can listen to.",
    footer = {"", "Example:", "  tapwarden interfaces"})
final class InterfacesCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private OutputOptions output = new OutputOptions();

  InterfacesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Terminal terminal = output.terminal(context);
    try {
      List<LiveInterface> interfaces = LiveInterfaces.list();
      if (output.json()) {
        interfaces.forEach(each -> json(each, terminal));
      } else {
        print(interfaces, terminal);
      }
      return ExitCode.DONE.number();
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
  }

  private static void print(List<LiveInterface> interfaces, Terminal terminal) {
    TextTable table = new TextTable("INTERFACE", "STATE", "MAC", "ADDRESSES", "DESCRIPTION");
    for (LiveInterface each : interfaces) {
      table.row(
          each.name(),
          state(each),
          each.hardwareAddress().isEmpty() ? "-" : each.hardwareAddress(),
          each.addresses().isEmpty() ? "-" : String.join(" ", addresses(each)),
          each.description().isEmpty() ? "-" : each.description());
    }
    int columns = terminal.outIsTerminal() ? terminal.columns() : Integer.MAX_VALUE;
    table.lines(columns, terminal.color()).forEach(terminal.out()::println);
  }

  /** As the rest of the product writes them: IPv6 in the form of RFC 5952. */
  static List<String> addresses(LiveInterface each) {
    List<String> addresses = new ArrayList<>();
    for (String text : each.addresses()) {
      IpAddress address = IpAddress.parse(text);
      addresses.add(address == null ? text : address.toString());
    }
    return addresses;
  }

  private static String state(LiveInterface each) {
    List<String> words = new ArrayList<>();
    words.add(!each.up() ? "down" : each.running() ? "up" : "no carrier");
    if (each.loopback()) {
      words.add("loopback");
    }
    if (each.wireless()) {
      words.add("wireless");
    }
    return String.join(", ", words);
  }

  private static void json(LiveInterface each, Terminal terminal) {
    JsonWriter out = new JsonWriter();
    out.beginObject().name("name").value(each.name());
    out.name("description").value(each.description());
    out.name("mac").value(each.hardwareAddress());
    out.name("addresses").beginArray();
    addresses(each).forEach(out::value);
    out.endArray();
    out.name("up").value(each.up()).name("running").value(each.running());
    out.name("loopback").value(each.loopback()).name("wireless").value(each.wireless());
    out.endObject();
    byte[] line = Arrays.copyOf(out.array(), out.length() + 1);
    line[out.length()] = '\n';
    terminal.out().write(line, 0, line.length);
  }
}
