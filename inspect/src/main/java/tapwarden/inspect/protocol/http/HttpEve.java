package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.BareUri;
import tapwarden.inspect.codec.http.HostPort;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.json.JsonWriter;

/**
 * The {@code http} object of EVE as Suricata has it: the target as it was sent, the host in lower
 * case and without its port, the type without its parameters, {@code length} of the body that was
 * sent without chunks' frames. What is not known has no field.
 */
final class HttpEve {
  /** The type of an event for each exchange. */
  static final String HTTP = "http";

  /** The type of an event for each body. */
  static final String FILE = "fileinfo";

  private static final byte[] BYTES_UNIT = "bytes".getBytes(StandardCharsets.US_ASCII);

  private HttpEve() {}

  /**
   * Writes the field {@code http}.
   *
   * @param authority to be moved to the exchange's request
   */
  static void write(JsonWriter json, Exchange exchange, Authority authority) {
    json.name("http").beginObject();
    HeadFacts request = exchange.request();
    if (request != null) {
      writeRequest(json, request, authority);
    }
    HeadFacts response = exchange.response();
    if (response != null) {
      writeResponse(json, exchange, response, request == null);
    } else if (exchange.status() != StartLine.NO_STATUS) {
      json.field("status", exchange.status());
    }
    json.endObject();
  }

  private static void writeRequest(JsonWriter json, HeadFacts request, Authority authority) {
    authority.read(request);
    if (authority.hostLength() > 0) {
      json.name("hostname").value(authority.host(), 0, authority.hostLength());
    }
    if (authority.port() >= 0) {
      json.field("http_port", authority.port());
    }
    writeTarget(json, request);
    write(json, "http_user_agent", request, Fact.USER_AGENT);
    write(json, "xff", request, Fact.FORWARDED_FOR);
    writeAddress(json, "http_refer", request, Fact.REFERER);
    write(json, "http_method", request, Fact.METHOD);
    write(json, "protocol", request, Fact.VERSION);
  }

  private static void writeResponse(
      JsonWriter json, Exchange exchange, HeadFacts response, boolean isAlone) {
    if (isAlone) {
      write(json, "protocol", response, Fact.VERSION);
    }
    writeType(json, response);
    if (response.has(Fact.CONTENT_RANGE)) {
      writeRange(json, response);
    }
    if (exchange.status() == StartLine.NO_STATUS) {
      write(json, "status_string", response, Fact.STATUS);
    } else {
      json.field("status", exchange.status());
    }
    writeAddress(json, "redirect", response, Fact.LOCATION);
    if (exchange.responseBytes() >= 0) {
      json.field("length", exchange.responseBytes());
    }
  }

  private static void write(JsonWriter json, String field, HeadFacts facts, Fact fact) {
    if (facts.has(fact)) {
      json.name(field).value(facts.text(), facts.start(fact), facts.length(fact));
    }
  }

  private static void writeTarget(JsonWriter json, HeadFacts request) {
    if (Authority.isConnect(request)) {
      byte[] text = request.text();
      int end = request.end(Fact.TARGET);
      int host = HostPort.hostStart(text, request.start(Fact.TARGET), end);
      json.name("url").value(text, host, end - host);
    } else {
      writeAddress(json, "url", request, Fact.TARGET);
    }
  }

  private static void writeAddress(JsonWriter json, String field, HeadFacts facts, Fact fact) {
    if (facts.has(fact)) {
      json.name(field);
      BareUri.write(json, facts.text(), facts.start(fact), facts.end(fact), fact.mostBytes);
    }
  }

  private static void writeType(JsonWriter json, HeadFacts response) {
    int start = response.start(Fact.CONTENT_TYPE);
    int semicolon = Ascii.find(response.text(), start, response.end(Fact.CONTENT_TYPE), ';');
    int end = Ascii.trimEnd(response.text(), start, semicolon);
    if (end > start) {
      json.name("http_content_type").value(response.text(), start, end - start);
    }
  }

  /** RFC 9110 §14.4: {@code bytes 0-499/1234}, {@code bytes 0-499/*}. */
  private static void writeRange(JsonWriter json, HeadFacts response) {
    byte[] text = response.text();
    int start = response.start(Fact.CONTENT_RANGE);
    int end = response.end(Fact.CONTENT_RANGE);
    json.name("content_range").beginObject();
    json.name("raw").value(text, start, end - start);
    if (Ascii.begins(text, start, end, BYTES_UNIT)) {
      int first = Ascii.skipBlanks(text, start + BYTES_UNIT.length, end);
      writePlace(json, text, first, end);
      number(json, "size", text, Ascii.find(text, first, end, '/') + 1, end);
    }
    json.endObject();
  }

  /** Writes where a part of a file lies in it. */
  static void writePlace(JsonWriter json, @Nullable HeadFacts carrier) {
    if (carrier == null || !carrier.has(Fact.CONTENT_RANGE)) {
      return;
    }
    byte[] text = carrier.text();
    int start = carrier.start(Fact.CONTENT_RANGE);
    int end = carrier.end(Fact.CONTENT_RANGE);
    if (Ascii.begins(text, start, end, BYTES_UNIT)) {
      writePlace(json, text, Ascii.skipBlanks(text, start + BYTES_UNIT.length, end), end);
    }
  }

  private static void writePlace(JsonWriter json, byte[] text, int first, int end) {
    int slash = Ascii.find(text, first, end, '/');
    int dash = Ascii.find(text, first, slash, '-');
    number(json, "start", text, first, dash);
    number(json, "end", text, dash + 1, slash);
  }

  private static void number(JsonWriter json, String field, byte[] text, int start, int end) {
    long number = Ascii.number(text, start, end);
    if (number >= 0) {
      json.field(field, number);
    }
  }

  /** Writes what is the file's name: the response says it, or it is the path that was asked for. */
  static void writeFileName(JsonWriter json, Exchange exchange, @Nullable HeadFacts carrier) {
    if (carrier != null && carrier.has(Fact.CONTENT_DISPOSITION)) {
      int[] name =
          FileName.of(
              carrier.text(),
              carrier.start(Fact.CONTENT_DISPOSITION),
              carrier.end(Fact.CONTENT_DISPOSITION));
      if (name[1] > name[0]) {
        json.name("filename").value(carrier.text(), name[0], name[1] - name[0]);
        return;
      }
    }
    HeadFacts request = exchange.request();
    if (request != null) {
      writePath(json, request);
    }
  }

  private static void writePath(JsonWriter json, HeadFacts request) {
    byte[] text = request.text();
    int end = request.end(Fact.TARGET);
    int start = request.start(Fact.TARGET);
    int scheme = Authority.schemeEnd(text, start, end);
    if (scheme > 0) {
      start = Ascii.find(text, HostPort.hostStart(text, scheme, end), end, '/');
    } else if (Authority.isConnect(request)) {
      start = HostPort.hostStart(text, start, end);
    }
    int pathEnd = Math.min(Ascii.find(text, start, end, '?'), Ascii.find(text, start, end, '#'));
    if (pathEnd > start) {
      json.name("filename").value(text, start, pathEnd - start);
    }
  }
}
