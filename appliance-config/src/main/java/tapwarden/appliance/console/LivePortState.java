package tapwarden.appliance.console;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/** What all connections of the live port share; belongs to its one thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in exceptionCaught
final class LivePortState {
  private final ConsoleOptions options;
  private final AlertStream alerts;
  private final MetricsSource metrics;
  private final HostCheck hosts;
  private final Set<AlertClient> clients = new LinkedHashSet<>();
  private final CounterBlock counters = new CounterBlock();

  /**
   * All connections, and how soon each gives way to a new one when there are too many: those that
   * have not sent their request, then those that are being answered, longest waiting first; never
   * those that listen to alerts, which are bounded by themselves.
   */
  private final Set<Channel> connections = new HashSet<>();

  private final Set<Channel> asking = new LinkedHashSet<>();
  private final Set<Channel> answered = new LinkedHashSet<>();

  LivePortState(ConsoleOptions options, AlertStream alerts, MetricsSource metrics) {
    this.options = options;
    this.alerts = alerts;
    this.metrics = new WithOwnCounters(metrics);
    this.hosts = new HostCheck(options.hosts());
  }

  ConsoleOptions options() {
    return options;
  }

  AlertStream alerts() {
    return alerts;
  }

  HostCheck hosts() {
    return hosts;
  }

  /** The session's numbers and our own. */
  MetricsSource metrics() {
    return metrics;
  }

  Set<AlertClient> clients() {
    return clients;
  }

  void count(Counter counter) {
    counters.increment(counter);
  }

  /** Takes the alerts that arrived and sends them to everybody who has room for them. */
  void deliver() {
    alerts.drain();
    for (AlertClient client : new ArrayList<>(clients)) {
      if (!client.pump()) {
        dropSlow(client, client.context());
      }
    }
  }

  void heartbeat() {
    new ArrayList<>(clients).forEach(AlertClient::heartbeat);
  }

  void dropSlow(AlertClient client, ChannelHandlerContext context) {
    if (clients.remove(client)) {
      count(Counter.LIVE_PORT_CLIENTS_SLOW);
      context.close();
    }
  }

  /**
   * A client connects; the one that kept us waiting longest gives way to it if there are too many.
   *
   * @return whether there is room; if so the client has it until {@link #left}
   */
  boolean enter(Channel client) {
    if (connections.size() >= options.maxConnections()) {
      count(Counter.LIVE_PORT_CLIENTS_REFUSED);
      Channel eldest = eldest();
      if (eldest == null) {
        return false;
      }
      left(eldest);
      eldest.close();
    }
    connections.add(client);
    asking.add(client);
    return true;
  }

  private @Nullable Channel eldest() {
    Set<Channel> yielding = asking.isEmpty() ? answered : asking;
    return yielding.isEmpty() ? null : yielding.iterator().next();
  }

  /** A client has sent its request. */
  void asked(Channel client) {
    if (asking.remove(client)) {
      answered.add(client);
    }
  }

  /**
   * A client wants to listen to alerts, for as long as it likes.
   *
   * @return whether there is room for one more; a quarter of all connections is for other requests
   */
  boolean listen(AlertClient client) {
    int most = options.maxConnections() - options.maxConnections() / 4;
    if (clients.size() >= most) {
      count(Counter.LIVE_PORT_CLIENTS_REFUSED);
      return false;
    }
    answered.remove(client.context().channel());
    return clients.add(client);
  }

  void left(Channel client) {
    connections.remove(client);
    asking.remove(client);
    answered.remove(client);
  }

  private final class WithOwnCounters implements MetricsSource {
    private final MetricsSource session;

    WithOwnCounters(MetricsSource session) {
      this.session = session;
    }

    @Override
    public long counter(Counter counter) {
      if (counter == Counter.LIVE_PORT_ALERTS_MISSED) {
        return alerts.missed();
      }
      return session.counter(counter) + counters.get(counter);
    }

    @Override
    public Map<String, Histogram> latencies() {
      return session.latencies();
    }

    @Override
    public List<Gauge> gauges() {
      List<Gauge> gauges = new ArrayList<>(session.gauges());
      gauges.add(
          new Gauge(
              "live_port_connections", "Clients connected to the live port.", connections.size()));
      gauges.add(
          new Gauge("live_port_alert_clients", "Clients that listen to alerts.", clients.size()));
      return gauges;
    }

    @Override
    public List<String> notReady() {
      return session.notReady();
    }
  }
}
