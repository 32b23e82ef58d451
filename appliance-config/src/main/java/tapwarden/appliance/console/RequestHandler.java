package tapwarden.appliance.console;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.WriteTimeoutException;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.json.JsonWriter;

/**
 * Answers the one request of a connection. There is no second request on a connection, no body, no
 * compression and no other method than GET and HEAD, so there is nothing to smuggle.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in exceptionCaught
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final long LINGER_MILLIS = 500;
  private static final String INDEX =
      """
      Tapwarden
        /health/live    whether the process runs
        /health/ready   whether it can do its work, with the reasons why not
        /metrics        every counter and latency (OpenMetrics)
        /alerts         alerts as they come (server-sent events); Last-Event-ID resumes, 0 gives all kept
      """;

  private final LivePortState state;
  private boolean answered;
  private @Nullable AlertClient client;
  private @Nullable Future<?> deadline;

  RequestHandler(LivePortState state) {
    this.state = state;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    long millis = state.options().requestTimeout().toMillis();
    deadline =
        context.executor().schedule(() -> requestTimedOut(context), millis, TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (!(message instanceof HttpRequest request)) {
      if (message.decoderResult().isFailure()) {
        context.close();
      }
      return;
    }
    if (answered) {
      state.count(Counter.LIVE_PORT_REQUESTS_REFUSED);
      context.close();
      return;
    }
    received();
    state.asked(context.channel());
    HttpResponseStatus refusal = refusal(request);
    if (refusal != null) {
      state.count(Counter.LIVE_PORT_REQUESTS_REFUSED);
      text(context, request, refusal, TEXT, refusal.reasonPhrase() + "\n");
      return;
    }
    state.count(Counter.LIVE_PORT_REQUESTS);
    route(context, request);
  }

  private void received() {
    answered = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void requestTimedOut(ChannelHandlerContext context) {
    if (!answered) {
      state.count(Counter.LIVE_PORT_CLIENTS_SLOW);
      context.close();
    }
  }

  /** Why the request is not answered; null if it is. */
  private @Nullable HttpResponseStatus refusal(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      Throwable cause = request.decoderResult().cause();
      return switch (cause) {
        case TooLongHttpLineException line -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
        case TooLongHttpHeaderException header ->
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        default -> HttpResponseStatus.BAD_REQUEST;
      };
    }
    HttpHeaders headers = request.headers();
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return HttpResponseStatus.METHOD_NOT_ALLOWED;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"))) {
      return HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
    }
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1) {
      return HttpResponseStatus.BAD_REQUEST;
    }
    if (!state.hosts().isOurs(hosts.getFirst())) {
      return HttpResponseStatus.MISDIRECTED_REQUEST;
    }
    return "cross-site".equals(headers.get("Sec-Fetch-Site")) ? HttpResponseStatus.FORBIDDEN : null;
  }

  private void route(ChannelHandlerContext context, HttpRequest request) {
    int query = request.uri().indexOf('?');
    String path = query < 0 ? request.uri() : request.uri().substring(0, query);
    switch (path) {
      case "/" -> text(context, request, HttpResponseStatus.OK, TEXT, INDEX);
      case "/health/live" -> text(context, request, HttpResponseStatus.OK, TEXT, "alive\n");
      case "/health/ready" -> ready(context, request);
      case "/metrics" ->
          text(
              context,
              request,
              HttpResponseStatus.OK,
              OpenMetrics.CONTENT_TYPE,
              OpenMetrics.render(state.metrics()));
      case "/alerts" -> alerts(context, request);
      default -> text(context, request, HttpResponseStatus.NOT_FOUND, TEXT, "no such page\n");
    }
  }

  private void ready(ChannelHandlerContext context, HttpRequest request) {
    List<String> why = state.metrics().notReady();
    JsonWriter json = new JsonWriter();
    json.beginObject().name("ready").value(why.isEmpty()).name("why").beginArray();
    why.forEach(json::value);
    json.endArray().endObject();
    String body = new String(json.array(), 0, json.length(), StandardCharsets.UTF_8) + "\n";
    HttpResponseStatus status =
        why.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    text(context, request, status, "application/json", body);
  }

  private void alerts(ChannelHandlerContext context, HttpRequest request) {
    long last;
    String given = request.headers().get("Last-Event-ID");
    try {
      last = given == null ? state.alerts().next() - 1 : Long.parseLong(given);
    } catch (NumberFormatException e) {
      text(context, request, HttpResponseStatus.BAD_REQUEST, TEXT, "Last-Event-ID is no number\n");
      return;
    }
    DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    headers(head.headers(), "text/event-stream; charset=utf-8");
    if (request.method().equals(HttpMethod.HEAD)) {
      context.writeAndFlush(head).addListener((ChannelFutureListener) RequestHandler::finish);
      return;
    }
    long nextId = last <= 0 ? state.alerts().oldest() : Math.min(last + 1, state.alerts().next());
    AlertClient started = new AlertClient(context, state.alerts(), nextId);
    if (!state.listen(started)) {
      String why = "too many clients listen to alerts\n";
      text(context, request, HttpResponseStatus.SERVICE_UNAVAILABLE, TEXT, why);
      return;
    }
    client = started;
    context.writeAndFlush(head);
    started.start();
  }

  private static void text(
      ChannelHandlerContext context,
      HttpRequest request,
      HttpResponseStatus status,
      String type,
      String body) {
    ByteBuf bytes = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
    int length = bytes.readableBytes();
    boolean headOnly = request.method().equals(HttpMethod.HEAD);
    if (headOnly) {
      bytes = Unpooled.EMPTY_BUFFER;
    }
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, bytes);
    headers(response.headers(), type);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    context.writeAndFlush(response).addListener((ChannelFutureListener) RequestHandler::finish);
  }

  /**
   * Ends our side first and the connection a little later: closing at once would reset it while the
   * client still sends, and the answer would be lost to the client.
   */
  private static void finish(ChannelFuture written) {
    if (written.isSuccess() && written.channel() instanceof SocketChannel socket) {
      socket.shutdownOutput();
      socket.eventLoop().schedule(() -> socket.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      written.channel().close();
    }
  }

  private static void headers(HttpHeaders headers, String type) {
    headers
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONNECTION, "close")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff")
        .set("X-Frame-Options", "DENY")
        .set("Referrer-Policy", "no-referrer")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (client != null && !client.pump()) {
      state.dropSlow(client, context);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (client != null) {
      state.clients().remove(client);
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof WriteTimeoutException) {
      state.count(Counter.LIVE_PORT_CLIENTS_SLOW);
    }
    context.close();
  }
}
