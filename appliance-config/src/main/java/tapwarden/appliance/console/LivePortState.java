package tapwarden.appliance.console;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
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
  private int connections;

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

  /** Whether one more client may connect; if so it is counted until {@link #left}. */
  boolean enter() {
    if (connections >= options.maxConnections()) {
      count(Counter.LIVE_PORT_CLIENTS_REFUSED);
      return false;
    }
    connections++;
    return true;
  }

  void left() {
    connections--;
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
          new Gauge("live_port_connections", "Clients connected to the live port.", connections));
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
