package dev.rekey.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a loopback port on which every byte is under way for a while, in each direction, as over
 * a distance: what is sent later waits behind nothing but its own delay. One thread does it all.
 */
final class DelayingProxy implements AutoCloseable {
  /** A selector waits for whole milliseconds; what is left of one is waited for in pieces. */
  private static final long PIECE_NANOS = 100_000;

  private static final long MILLISECOND = 1_000_000;

  private final InetSocketAddress behind;
  private final long delayNanos;
  private final ServerSocketChannel entry;
  private final Selector selector;
  private final List<DelayedDirection> directions = new ArrayList<>();
  private volatile boolean closed;

  private DelayingProxy(int port, Duration roundTrip) throws IOException {
    this.behind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.delayNanos = roundTrip.toNanos() / 2;
    this.selector = Selector.open();
    this.entry = ServerSocketChannel.open();
    entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    entry.configureBlocking(false);
    entry.register(selector, SelectionKey.OP_ACCEPT);
    Thread thread = new Thread(this::run, "delaying-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param port of loopback
   * @param roundTrip half of it each way
   */
  static DelayingProxy before(int port, Duration roundTrip) {
    try {
      return new DelayingProxy(port, roundTrip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return entry.socket().getLocalPort();
  }

  private void run() {
    try {
      while (!closed) {
        await();
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        directions.forEach(direction -> direction.deliver(now));
        directions.removeIf(DelayedDirection::isOver);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await() throws IOException {
    long now = System.nanoTime();
    long wait = Long.MAX_VALUE;
    for (DelayedDirection direction : directions) {
      wait = Math.min(wait, direction.nanosToNext(now));
    }
    if (wait == Long.MAX_VALUE) {
      selector.select();
    } else if (wait > MILLISECOND) {
      selector.select(wait / MILLISECOND);
    } else if (selector.selectNow() == 0 && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, PIECE_NANOS));
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isValid() && key.isAcceptable()) {
      accept();
    } else if (key.isValid() && key.isReadable()) {
      ((DelayedDirection) key.attachment()).read(System.nanoTime() + delayNanos);
    }
  }

  private void accept() throws IOException {
    SocketChannel client = entry.accept();
    if (client == null) {
      return;
    }
    SocketChannel server;
    try {
      server = SocketChannel.open(behind); // loopback: made at once, or refused
    } catch (ConnectException e) {
      client.close();
      return;
    }
    directions.add(new DelayedDirection(selector, client, server));
    directions.add(new DelayedDirection(selector, server, client));
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
