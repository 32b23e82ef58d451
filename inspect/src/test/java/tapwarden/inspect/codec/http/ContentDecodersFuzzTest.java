package tapwarden.inspect.codec.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

class ContentDecodersFuzzTest {
  private static final List<List<ContentCoding>> CODINGS =
      List.of(
          List.of(ContentCoding.GZIP),
          List.of(ContentCoding.DEFLATE),
          List.of(ContentCoding.BROTLI),
          List.of(ContentCoding.GZIP, ContentCoding.GZIP),
          List.of(ContentCoding.BROTLI, ContentCoding.DEFLATE));

  private static final class Budget implements MemoryBudget {
    long used;

    @Override
    public boolean take(int bytes) {
      used += bytes;
      return true;
    }

    @Override
    public void give(int bytes) {
      used -= bytes;
    }
  }

  /** The first byte says which codings; the rest is decoded at once and in pieces. */
  @FuzzTest
  void decodesAnyBytesWithinBounds(byte[] data) {
    if (data.length == 0) {
      return;
    }
    List<ContentCoding> codings = CODINGS.get((data[0] & 0xFF) % CODINGS.size());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ContentDecoder.Outcome how = decode(data, codings, whole, data.length);
    check(whole.size() <= ContentDecoders.MOST_OUTPUT_BYTES, "size");
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    ContentDecoder.Outcome again = decode(data, codings, pieces, 1 + data.length % 13);
    // How large it may become shows as the bytes come.
    boolean isLimited =
        how == ContentDecoder.Outcome.TOO_LARGE || again == ContentDecoder.Outcome.TOO_LARGE;
    check(isLimited || again == how, "outcome");
    check(isLimited || Arrays.equals(whole.toByteArray(), pieces.toByteArray()), "bytes");
  }

  private static ContentDecoder.Outcome decode(
      byte[] data, List<ContentCoding> codings, ByteArrayOutputStream out, int chunk) {
    Budget budget = new Budget();
    ContentDecoder decoder =
        new ContentDecoders(budget)
            .open(
                codings,
                (bytes, from, to) -> {
                  out.write(bytes, from, to - from);
                  return true;
                });
    if (decoder == null) {
      throw new AssertionError("no decoder");
    }
    for (int at = 1; at < data.length; at += chunk) {
      boolean unused = decoder.take(data, at, Math.min(data.length, at + chunk));
    }
    decoder.finish();
    decoder.close();
    check(budget.used == 0, "memory given back");
    return decoder.outcome();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
