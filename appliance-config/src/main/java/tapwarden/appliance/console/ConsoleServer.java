package tapwarden.appliance.console;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The live port: health, metrics and the stream of alerts over HTTP/1.1, on one thread of its own
 * that no packet thread ever waits for. It is bounded against clients that are many, slow, silent,
 * greedy or foreign.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in exceptionCaught
public final class ConsoleServer implements AutoCloseable {
  static final int MOST_LINE_BYTES = 4096;
  static final int MOST_HEADER_BYTES = 8192;
  private static final String MACHINE_ID = "io.netty.machineId";
  private static final int MOST_CHUNK_BYTES = 4096;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 15, 1 << 16);

  private final EventLoopGroup group;
  private final Channel channel;
  private final AlertStream alerts;

  private ConsoleServer(EventLoopGroup group, Channel channel, AlertStream alerts) {
    this.group = group;
    this.channel = channel;
    this.alerts = alerts;
  }

  /**
   * Opens the port.
   *
   * @param firstAlertId number of the first alert; the time in microseconds, so that numbers go on
   *     rising over a restart
   * @throws IOException when the port is taken or not ours to open; the message says what to do
   */
  public static ConsoleServer open(ConsoleOptions options, MetricsSource metrics, long firstAlertId)
      throws IOException {
    nameThisMachine();
    AlertStream alerts = new AlertStream(firstAlertId, options.keptAlerts(), options.keptBytes());
    LivePortState state = new LivePortState(options, alerts, metrics);
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().daemon().name("live-port").factory(), NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 128)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(new Connection(state));
    InetSocketAddress address = new InetSocketAddress(options.listen(), options.port());
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(
          "the live port cannot listen on "
              + options.listen()
              + ":"
              + options.port()
              + ": "
              + bound.cause().getMessage()
              + "; set console.port to another, or console.enabled to false",
          bound.cause());
    }
    alerts.onArrival(() -> group.execute(state::deliver));
    group
        .next()
        .scheduleAtFixedRate(
            state::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return new ConsoleServer(group, bound.channel(), alerts);
  }

  /**
   * Netty makes its connections' ids, which nobody here reads, of a hardware address, and warns
   * where it finds none. It gets one that is nobody's (locally administered, IEEE 802 section 8.2).
   */
  private static void nameThisMachine() {
    if (System.getProperty(MACHINE_ID) == null) {
      System.setProperty(MACHINE_ID, "02:00:00:00:00:00:00:01");
    }
  }

  /** Where it listens, with the real port if any free one was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Where alerts are to be published. */
  public AlertStream alerts() {
    return alerts;
  }

  @Override
  public void close() {
    alerts.onArrival(() -> {});
    channel.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Sets one connection up, or turns it away. */
  private static final class Connection extends ChannelInitializer<SocketChannel> {
    private final LivePortState state;

    Connection(LivePortState state) {
      this.state = state;
    }

    @Override
    protected void initChannel(SocketChannel socket) {
      if (!state.enter(socket)) {
        socket.close();
        return;
      }
      socket.closeFuture().addListener(closed -> state.left(socket));
      ChannelPipeline pipeline = socket.pipeline();
      pipeline.addLast(
          new HttpServerCodec(
              new HttpDecoderConfig()
                  .setMaxInitialLineLength(MOST_LINE_BYTES)
                  .setMaxHeaderSize(MOST_HEADER_BYTES)
                  .setMaxChunkSize(MOST_CHUNK_BYTES)));
      pipeline.addLast(
          new WriteTimeoutHandler(
              state.options().writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
      pipeline.addLast(new RequestHandler(state));
    }
  }
}
