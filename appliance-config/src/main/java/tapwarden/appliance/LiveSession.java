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
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.source.MergedSource;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.live.BpfSyntaxException;
import tapwarden.capture.source.live.LiveOptions;
import tapwarden.capture.source.live.LiveSource;
import tapwarden.inspect.sink.Retention;
import tapwarden.inspect.sink.eve.EveFileOptions;

/** Inspects live interfaces until it is told to stop. */
final class LiveSession implements AutoCloseable {
  private final RunRequest request;
  private final SessionListener listener;
  private final PacketSource source;

  LiveSession(RunRequest request, SessionListener listener) throws IOException {
    this.request = request;
    this.listener = listener;
    source = open();
  }

  private PacketSource open() throws IOException {
    List<PacketSource> sources = new ArrayList<>();
    try {
      for (LiveOptions options : request.config().capture().live()) {
        String filter = request.filter();
        LiveSource live = LiveSource.open(filter == null ? options : options.withFilter(filter));
        sources.add(live);
        listener.notice(
            "listening on "
                + live.name()
                + " ("
                + live.mode().sentence()
                + (live.hasNanoseconds() ? ", nanosecond stamps)" : ", microsecond stamps)"));
      }
    } catch (BpfSyntaxException wrong) {
      closeAll(sources);
      throw wrong;
    } catch (IOException e) {
      closeAll(sources);
      throw new CaptureException(Engine.message(e), e);
    }
    return sources.size() == 1 ? sources.getFirst() : new MergedSource(sources);
  }

  private static void closeAll(List<PacketSource> sources) {
    for (PacketSource source : sources) {
      try {
        source.close();
      } catch (IOException second) {
        System.getLogger(LiveSession.class.getName())
            .log(System.Logger.Level.DEBUG, "closing " + source.name(), second);
      }
    }
  }

  SessionResult run() throws IOException {
    EveFileOptions eve = request.config().eve().live(request.logDirectory());
    Engine.prepare(request.logDirectory());
    Knowledge knowledge = Knowledge.of(request.config(), request.logDirectory(), true);
    Instant started = Instant.now();
    try (SessionCore core =
        new SessionCore(knowledge, eve, new LiveNames(source.interfaces()), -1, listener)) {
      core.onStop(source::interrupt);
      listener.started(core);
      String broken = null;
      Housekeeper housekeeper = housekeeper(core.counters());
      try {
        core.inspection().read(source);
      } catch (IOException e) {
        broken = Engine.message(e);
        listener.notice(broken);
      } finally {
        housekeeper.close();
      }
      Instant ended = Instant.now();
      core.finish(ended.getEpochSecond() * 1_000_000_000L + ended.getNano());
      SessionResult result = core.account(wire(core), inputs(core, started, ended));
      if (broken != null) {
        throw new IOException(broken);
      }
      return result;
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

  private static long wire(SessionCore core) {
    return core.inspection().framesRead()
        + core.counters().sum(Counter.FRAMES_KERNEL_DROPPED)
        + core.counters().sum(Counter.FRAMES_INTERFACE_DROPPED);
  }

  private List<Coverage.Input> inputs(SessionCore core, Instant started, Instant ended) {
    return List.of(
        new Coverage.Input(
            source.name(), null, 0, core.inspection().framesRead(), started, ended, List.of()));
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
