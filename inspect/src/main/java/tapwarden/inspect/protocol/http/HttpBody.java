package tapwarden.inspect.protocol.http;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.file.FileDigest;
import tapwarden.inspect.codec.http.ByteSink;
import tapwarden.inspect.codec.http.ContentDecoder;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;

/**
 * A body while it passes: decoded and hashed, and told as a file at its end. A file that did not
 * pass as a whole has no digest, since nobody could compare it.
 */
final class HttpBody implements ByteSink {
  private final HttpWorker worker;
  private final Exchange exchange;
  private final @Nullable HeadFacts carrier;
  private final boolean toServer;
  private final FileDigest digest;
  private final EventBudget budget;
  private @Nullable ContentDecoder decoder;
  private boolean hasGap;
  private long missingBytes;

  private HttpBody(
      HttpWorker worker,
      Exchange exchange,
      @Nullable HeadFacts carrier,
      boolean toServer,
      FileDigest digest,
      EventBudget budget) {
    this.worker = worker;
    this.exchange = exchange;
    this.carrier = carrier;
    this.toServer = toServer;
    this.digest = digest;
    this.budget = budget;
  }

  /**
   * Begins a body.
   *
   * @param carrier head of the message
   * @param codings how it is coded
   * @return null if there is no room to look at it
   */
  static @Nullable HttpBody open(
      HttpWorker worker,
      Report report,
      Exchange exchange,
      HeadFacts carrier,
      boolean toServer,
      Codings codings,
      EventBudget budget) {
    FileDigest digest = worker.digests.take();
    if (digest == null) {
      report.oddity("file_not_looked_at");
      return null;
    }
    HttpBody body = new HttpBody(worker, exchange, carrier, toServer, digest, budget);
    if (codings.isUnknown()) {
      report.oddity("content_coding_unknown");
    } else if (!codings.list().isEmpty()) {
      body.decoder = worker.decoders.open(codings.list(), body::hash);
      if (body.decoder == null) {
        report.oddity("content_not_decoded");
        body.release();
        return null;
      }
    }
    return body;
  }

  @Override
  public boolean take(byte[] bytes, int from, int to) {
    ContentDecoder coded = decoder;
    return coded == null ? hash(bytes, from, to) : !hasGap && coded.take(bytes, from, to);
  }

  private boolean hash(byte[] bytes, int from, int to) {
    digest.update(bytes, from, to);
    return true;
  }

  /** Bytes of it are missing. */
  void gap(long bytes) {
    hasGap = true;
    missingBytes += bytes;
  }

  /**
   * It is over.
   *
   * @param isWhole whether all of it came
   */
  void end(Report report, boolean isWhole) {
    boolean isClosed = isWhole && !hasGap;
    ContentDecoder coded = decoder;
    if (coded != null) {
      if (isClosed) {
        coded.finish();
      }
      isClosed &= coded.isWhole();
      tellOutcome(report, coded.outcome());
    }
    if ((digest.size() > 0 || hasGap) && budget.take(report)) {
      write(report, isClosed);
    }
    release();
  }

  private static void tellOutcome(Report report, ContentDecoder.Outcome outcome) {
    switch (outcome) {
      case WELL -> {}
      case NOT_CODED -> report.oddity("content_not_coded");
      case TOO_LARGE -> report.oddity("inflate_limit");
      case DAMAGED -> report.oddity("content_coding_damaged");
      case NO_ROOM -> report.oddity("content_not_decoded");
    }
  }

  private void write(Report report, boolean isClosed) {
    JsonWriter json = report.begin(HttpEve.FILE, toServer);
    HttpEve.write(json, exchange, worker.authority);
    json.name("fileinfo").beginObject();
    HttpEve.writeFileName(json, exchange, carrier);
    json.optionalField("magic", digest.kind());
    json.field("gaps", hasGap).field("state", isClosed ? "CLOSED" : "TRUNCATED");
    if (isClosed) {
      json.field("md5", digest.md5());
      json.field("sha1", digest.sha1()).field("sha256", digest.sha256());
    }
    // As Suricata does: the missing bytes of a file count, as far as they are known to be its.
    json.field("stored", false);
    json.field("size", digest.size() + (decoder == null ? missingBytes : 0));
    HttpEve.writePlace(json, carrier);
    json.field("tx_id", exchange.number());
    json.endObject();
    report.end(json);
  }

  private void release() {
    ContentDecoder coded = decoder;
    decoder = null;
    if (coded != null) {
      coded.close();
    }
    worker.digests.give(digest);
  }
}
