package tapwarden.appliance;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tapwarden.appliance.cli.CaptureException;
import tapwarden.appliance.cli.Coverage;
import tapwarden.appliance.cli.RunRequest;
import tapwarden.appliance.cli.SessionListener;
import tapwarden.appliance.cli.SessionResult;
import tapwarden.appliance.store.Housekeeper;
import tapwarden.appliance.store.LogDirectoryMaker;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.source.MergedSource;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.live.BpfSyntaxException;
import tapwarden.capture.source.live.LiveOptions;
import tapwarden.capture.source.live.LiveSource;
import tapwarden.inspect.sink.Retention;
import tapwarden.inspect.sink.eve.EveFileOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecovery;

/**
 * Inspects live interfaces until it is told to stop, or until the last of them has been removed. A
 * link that is down is waited for; what it cost is in the account.
 */
final class LiveSession implements AutoCloseable {
  private final RunRequest request;
  private final SessionListener listener;
  private final List<LiveSource> interfaces = new ArrayList<>();
  private final PacketSource source;

  LiveSession(RunRequest request, SessionListener listener) throws IOException {
    this.request = request;
    this.listener = listener;
    source = open();
  }

  private PacketSource open() throws IOException {
    try {
      for (LiveOptions options : request.config().capture().live()) {
        String filter = request.filter();
        LiveSource live = LiveSource.open(filter == null ? options : options.withFilter(filter));
        interfaces.add(live);
        listener.notice(
            "listening on "
                + live.name()
                + " ("
                + live.mode().sentence()
                + (live.hasNanoseconds() ? ", nanosecond stamps)" : ", microsecond stamps)"));
      }
    } catch (BpfSyntaxException wrong) {
      closeAll();
      throw wrong;
    } catch (IOException e) {
      closeAll();
      throw new CaptureException(Engine.message(e), e);
    }
    return interfaces.size() == 1
        ? interfaces.getFirst()
        : new MergedSource(List.copyOf(interfaces));
  }

  private void closeAll() {
    interfaces.forEach(LiveSource::close);
  }

  SessionResult run() throws IOException {
    EveFileOptions eve = request.config().eve().live(request.logDirectory());
    LogDirectoryMaker.make(request.logDirectory());
    EvidenceRecovery.recover(request.logDirectory()).forEach(listener::notice);
    Knowledge knowledge = Knowledge.of(request.config(), request.logDirectory(), true);
    Instant started = Instant.now();
    try (SessionCore core =
        new SessionCore(knowledge, eve, new LiveNames(source.interfaces()), -1, listener)) {
      core.onStop(source::interrupt);
      LinkLog links = new LinkLog(Clock.systemUTC(), core.counters().newBlock(), listener::notice);
      interfaces.forEach(live -> live.onLinkChange(links));
      core.onNotReady(links::notReady);
      listener.started(core);
      List<String> failures = new ArrayList<>();
      Housekeeper housekeeper = housekeeper(core.counters());
      try {
        core.inspection().read(source);
      } catch (IOException e) {
        if (links.gone().isEmpty()) {
          failures.add(Engine.message(e));
        }
      } finally {
        housekeeper.close();
      }
      Instant ended = Instant.now();
      core.finish(nanos(started), nanos(ended));
      links.gone().forEach(name -> failures.add("the interface " + name + " was removed"));
      return core.account(wire(core), inputs(links, started, ended), List.of())
          .withLosses(failures);
    }
  }

  private Housekeeper housekeeper(Counters counters) {
    return new Housekeeper(
        new Retention(
            request.logDirectory(),
            request.config().retention(),
            Clock.systemUTC(),
            counters.newBlock()),
        Housekeeper.EVERY);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private static long wire(SessionCore core) {
    return core.inspection().framesRead()
        + core.counters().sum(Counter.FRAMES_KERNEL_DROPPED)
        + core.counters().sum(Counter.FRAMES_INTERFACE_DROPPED);
  }

  private List<Coverage.Input> inputs(LinkLog links, Instant started, Instant ended) {
    List<Coverage.Input> inputs = new ArrayList<>();
    for (LiveSource live : interfaces) {
      inputs.add(
          new Coverage.Input(
              live.name(), live.framesRead(), started, ended, links.outages(live.name(), ended)));
    }
    return inputs;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
