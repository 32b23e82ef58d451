package tapwarden.inspect.protocol.http2;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.BareUri;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/** A request and its response in EVE JSON: {@code http} in Suricata's shape, of version 2. */
final class Http2Eve {
  static final String EVENT = "http";

  private static final byte[] GRPC = "application/grpc".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_DIGITS = 3;

  private Http2Eve() {}

  /**
   * @param request without fields if it was not seen
   * @param response null if there is none
   * @param error with which the stream was reset, or -1
   * @param byClient whether the client reset it
   */
  static void write(
      Report report,
      int transaction,
      int stream,
      Http2Head request,
      @Nullable Http2Head response,
      long error,
      boolean byClient) {
    JsonWriter json = report.begin(EVENT);
    json.field("tx_id", transaction);
    json.name("http").beginObject();
    host(json, request);
    address(json, "url", request, Http2Head.PATH);
    text(json, "http_user_agent", request, Http2Head.USER_AGENT);
    address(json, "http_refer", request, Http2Head.REFERER);
    text(json, "http_method", request, Http2Head.METHOD);
    if (response != null) {
      text(json, "http_content_type", response, Http2Head.CONTENT_TYPE);
      address(json, "redirect", response, Http2Head.LOCATION);
      status(json, response);
    }
    json.field("version", "2");
    json.name("http2").beginObject().field("stream_id", stream);
    if (error >= 0) {
      json.name(byClient ? "request" : "response").beginObject();
      json.field("error_code", Http2Frame.error(error)).endObject();
    }
    json.endObject().endObject();
    if (request.begins(Http2Head.CONTENT_TYPE, GRPC)
        || (response != null && response.begins(Http2Head.CONTENT_TYPE, GRPC))) {
      json.name("tapwarden").beginObject().name("http2").beginObject();
      json.field("grpc", true).endObject().endObject();
    }
    report.end(json);
  }

  private static void host(JsonWriter json, Http2Head request) {
    int start = Http2Host.start(request);
    if (start >= 0) {
      json.name("hostname").value(request.bytes(), start, Http2Host.end(request) - start);
      if (Http2Host.port(request) >= 0) {
        json.field("http_port", Http2Host.port(request));
      }
    }
  }

  /** A number of three digits, or what else there is. */
  private static void status(JsonWriter json, Http2Head response) {
    int start = response.start(Http2Head.STATUS);
    int length = response.length(Http2Head.STATUS);
    int number = 0;
    boolean digits = length == STATUS_DIGITS;
    for (int at = start; digits && at < start + length; at++) {
      int digit = response.bytes()[at] - '0';
      digits = digit >= 0 && digit <= 9;
      number = number * 10 + digit;
    }
    if (digits) {
      json.field("status", number);
    } else {
      text(json, "status_string", response, Http2Head.STATUS);
    }
  }

  private static void address(JsonWriter json, String name, Http2Head head, int field) {
    if (head.has(field)) {
      int start = head.start(field);
      int length = head.length(field);
      json.name(name);
      BareUri.write(json, head.bytes(), start, start + length, length);
    }
  }

  private static void text(JsonWriter json, String name, Http2Head head, int field) {
    if (head.has(field)) {
      json.name(name).value(head.bytes(), head.start(field), head.length(field));
    }
  }
}
