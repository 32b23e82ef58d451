package tapwarden.capture.source.live;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;
import tapwarden.capture.packet.LinkType;

/** The interfaces there are, as libpcap lists them; needs no privilege and opens none of them. */
public final class LiveInterfaces {
  private static final Path SYSTEM_CLASS = Path.of("/sys/class/net");

  private LiveInterfaces() {}

  /**
   * All interfaces, in libpcap's order: the most likely first.
   *
   * @throws CaptureException if libpcap is missing or cannot list them
   */
  public static List<LiveInterface> list() throws CaptureException {
    LibPcap.require();
    Pcap4j.quieten();
    try {
      return Pcaps.findAllDevs().stream().map(LiveInterfaces::describe).toList();
    } catch (PcapNativeException failed) {
      throw new CaptureException(
          CaptureException.Reason.OTHER,
          "the interfaces cannot be listed: " + failed.getMessage(),
          failed);
    }
  }

  private static LiveInterface describe(PcapNetworkInterface device) {
    String name = device.getName();
    return new LiveInterface(
        name,
        Objects.requireNonNullElse(device.getDescription(), ""),
        device.getAddresses().stream()
            .map(PcapAddress::getAddress)
            .filter(Objects::nonNull)
            .map(LiveInterfaces::withoutZone)
            .toList(),
        device.getLinkLayerAddresses().isEmpty()
            ? ""
            : device.getLinkLayerAddresses().getFirst().toString().toLowerCase(Locale.ROOT),
        linkType(name),
        device.isUp(),
        device.isRunning(),
        device.isLoopBack(),
        isWireless(name));
  }

  private static String withoutZone(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static boolean isWireless(String name) {
    return Files.exists(SYSTEM_CLASS.resolve(name).resolve("wireless"))
        || Files.exists(SYSTEM_CLASS.resolve(name).resolve("phy80211"));
  }

  /** What libpcap makes of the kernel's hardware type (ARPHRD numbers of if_arp.h). */
  private static int linkType(String name) {
    if (name.equals("any")) {
      return LinkType.LINUX_SLL;
    }
    return switch (hardwareType(name)) {
      case 1, 772 -> LinkType.ETHERNET; // Ethernet; loopback, which has Ethernet headers of zeros
      case 801 -> LinkType.IEEE802_11;
      case 803 -> LinkType.IEEE802_11_RADIOTAP;
      case 768, 776, 65_534 -> LinkType.RAW; // IP in IP, IPv6 in IPv4, none (tun)
      default -> LiveInterface.UNKNOWN_LINK_TYPE;
    };
  }

  private static int hardwareType(String name) {
    try {
      return Integer.parseInt(Files.readString(SYSTEM_CLASS.resolve(name).resolve("type")).strip());
    } catch (IOException | NumberFormatException notANetworkDevice) {
      return LiveInterface.UNKNOWN_LINK_TYPE;
    }
  }
}
