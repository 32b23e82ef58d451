package tapwarden.inspect.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that fails when it is told to: in writing after some bytes, or in syncing. */
public final class FailingChannel extends FileChannel {
  /** What fails; shared by all channels of a test. */
  public static final class Disk {
    /** Bytes that can still be written before writing fails. */
    public long writableBytes = Long.MAX_VALUE;

    public boolean syncFails;
    public int syncs;
  }

  private final FileChannel channel;
  private final Disk disk;

  public FailingChannel(FileChannel channel, Disk disk) {
    this.channel = channel;
    this.disk = disk;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    if (disk.writableBytes == 0) {
      throw new IOException("Input/output error");
    }
    int most = (int) Math.min(from.remaining(), disk.writableBytes);
    int written = channel.write(from.slice().limit(most), position);
    from.position(from.position() + written);
    disk.writableBytes -= written;
    return written;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.syncs++;
    if (disk.syncFails) {
      throw new IOException("Input/output error");
    }
    channel.force(metaData);
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    return channel.read(to, position);
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    channel.close();
  }

  // The log uses positions and nothing of what follows.

  @Override
  public int read(ByteBuffer to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
