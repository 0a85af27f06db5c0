package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One address before several replicas. Each new connection goes to the next replica that accepts
 * one; its bytes pass through untouched, so TLS ends at the replica.
 */
public final class LoadBalancer implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final List<Integer> backends;
  private final AtomicIntegerArray connections;
  private final ServerSocket entry;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "testbed-balancer");
            thread.setDaemon(true);
            return thread;
          });
  private int next;

  private LoadBalancer(List<Integer> backends) throws IOException {
    this.backends = List.copyOf(backends);
    this.connections = new AtomicIntegerArray(backends.size());
    this.entry = new ServerSocket(FreePort.next(), 128, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptAll);
  }

  /** Starts it on a loopback port before these loopback ports. */
  static LoadBalancer before(List<Integer> backends) {
    try {
      return new LoadBalancer(backends);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "https://127.0.0.1:" + entry.getLocalPort();
  }

  /** How many connections have been given to a replica so far. */
  public int connections(int backend) {
    return connections.get(backend);
  }

  /** Cuts every open connection, as an idle timeout or a failover does. */
  public void cutConnections() {
    open.forEach(LoadBalancer::close);
  }

  private void acceptAll() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        open.add(client);
        connect(client);
      } catch (IOException | RejectedExecutionException e) {
        // Closing the balancer ends accept() this way; a single failed client is its own affair.
        continue;
      }
    }
  }

  /** Only the accepting thread comes here, so the turns are strict. */
  private void connect(Socket client) {
    for (int attempt = 0; attempt < backends.size(); attempt++) {
      int backend = next++ % backends.size();
      try {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), backends.get(backend));
        open.add(server);
        connections.incrementAndGet(backend);
        pipe(client, server);
        pipe(server, client);
        return;
      } catch (IOException e) {
        // This replica is down: the next one.
        continue;
      }
    }
    close(client);
    open.remove(client);
  }

  private void pipe(Socket from, Socket to) throws IOException {
    from.setTcpNoDelay(true);
    threads.execute(() -> copy(from, to));
  }

  /** The end of one direction ends both: TLS has no use for half a connection. */
  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      int read;
      while ((read = from.getInputStream().read(buffer)) >= 0) {
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // Reset by either side: the same as its end.
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutConnections();
    threads.shutdownNow();
  }
}
