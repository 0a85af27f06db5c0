package dev.rekey.benchmark;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection through {@link DelayingProxy}. */
final class DelayedDirection {
  private static final int BUFFER = 64 * 1024;

  private final SelectionKey key;
  private final SocketChannel from;
  private final SocketChannel to;
  private final Deque<Underway> underway = new ArrayDeque<>();
  private boolean over;

  /**
   * @param bytes null for the end of the connection, which takes as long as a byte
   */
  private record Underway(long dueNanos, ByteBuffer bytes) {}

  DelayedDirection(Selector selector, SocketChannel from, SocketChannel to) throws IOException {
    this.from = from;
    this.to = to;
    from.configureBlocking(false);
    from.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = from.register(selector, SelectionKey.OP_READ, this);
  }

  /** Takes what has come. */
  void read(long dueNanos) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      int length = from.read(buffer);
      if (length > 0) {
        underway.add(new Underway(dueNanos, ByteBuffer.wrap(buffer.array(), 0, length)));
      } else if (length < 0) {
        end(dueNanos);
      }
    } catch (IOException e) {
      end(dueNanos);
    }
  }

  private void end(long dueNanos) {
    underway.add(new Underway(dueNanos, null));
    key.cancel();
  }

  /** Hands on what is due, as far as the receiver takes it. */
  void deliver(long now) {
    try {
      while (!underway.isEmpty() && underway.peek().dueNanos() - now <= 0) {
        ByteBuffer bytes = underway.peek().bytes();
        if (bytes == null) {
          close();
          return;
        }
        to.write(bytes);
        if (bytes.hasRemaining()) {
          return;
        }
        underway.remove();
      }
    } catch (IOException e) {
      close();
    }
  }

  /** The end of one direction ends both: neither TLS nor HTTP has use for half a connection. */
  private void close() {
    over = true;
    underway.clear();
    try {
      from.close();
      to.close();
    } catch (IOException e) {
      // Nobody is left to hear of it.
      return;
    }
  }

  boolean isOver() {
    return over || !from.isOpen() || !to.isOpen();
  }

  /** Until something must be delivered; 0 when it is due, the longest possible when nothing is. */
  long nanosToNext(long now) {
    Underway next = underway.peek();
    return next == null ? Long.MAX_VALUE : Math.max(0, next.dueNanos() - now);
  }
}
