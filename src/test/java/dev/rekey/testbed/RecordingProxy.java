package dev.rekey.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Ends TLS before the API servers and begins it anew behind, so that every byte between them and a
 * client is seen in the clear. It offers no protocol in the handshake, which makes it HTTP/1.1 on
 * both sides.
 */
public final class RecordingProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final SSLServerSocket entry;
  private final SSLSocketFactory behind;
  private final int port;
  private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
  private final AtomicBoolean breakNext = new AtomicBoolean();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "testbed-recording-proxy");
            thread.setDaemon(true);
            return thread;
          });

  /** A stretch of bytes on its way through. */
  private interface Passing {
    void pass(byte[] buffer, int length) throws IOException;
  }

  private RecordingProxy(int port, ServingCertificate certificate) throws IOException {
    this.port = port;
    this.behind = certificate.trust().getSocketFactory();
    this.entry =
        (SSLServerSocket)
            certificate
                .serve()
                .getServerSocketFactory()
                .createServerSocket(FreePort.next(), 128, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptAll);
  }

  /** Starts it on a loopback port before this loopback port. */
  static RecordingProxy before(int port, ServingCertificate certificate) {
    try {
      return new RecordingProxy(port, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "https://127.0.0.1:" + entry.getLocalPort();
  }

  /** One for each connection so far, those that are still open too. */
  public List<Conversation> conversations() {
    return conversations;
  }

  /** The next answer ends in its middle, and its connection with it. */
  public void breakNextAnswer() {
    breakNext.set(true);
  }

  private void acceptAll() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        open.add(client);
        threads.execute(() -> connect(client));
      } catch (IOException | RejectedExecutionException e) {
        // Closing the proxy ends accept() this way; a single failed client is its own affair.
        continue;
      }
    }
  }

  private void connect(Socket client) {
    Conversation conversation = new Conversation();
    try {
      Socket server = behind.createSocket(InetAddress.getLoopbackAddress(), port);
      open.add(server);
      conversations.add(conversation);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      OutputStream toServer = server.getOutputStream();
      OutputStream toClient = client.getOutputStream();
      threads.execute(
          () ->
              copy(
                  server,
                  client,
                  (buffer, length) -> {
                    conversation.answered(buffer, length);
                    answer(toClient, buffer, length);
                  }));
      copy(
          client,
          server,
          (buffer, length) -> {
            conversation.asked(buffer, length);
            Unzipped.refuseGzip(buffer, length);
            toServer.write(buffer, 0, length);
          });
    } catch (IOException | RejectedExecutionException e) {
      // No server behind, or the proxy is closing: for the client, a broken connection.
      close(client);
      open.remove(client);
    }
  }

  private void answer(OutputStream toClient, byte[] buffer, int length) throws IOException {
    if (breakNext.getAndSet(false)) {
      toClient.write(buffer, 0, length / 2);
      throw new IOException("broken on purpose");
    }
    toClient.write(buffer, 0, length);
  }

  /** The end of one direction ends both: HTTP/1.1 has no use for half a connection. */
  private void copy(Socket from, Socket to, Passing passing) {
    byte[] buffer = new byte[BUFFER];
    try {
      int read;
      while ((read = from.getInputStream().read(buffer)) >= 0) {
        passing.pass(buffer, read);
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
      // Nobody is left to hear of it: TLS wanted to say good-bye to a side that has gone.
    }
  }

  @Override
  public void close() {
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(RecordingProxy::close);
    threads.shutdownNow();
  }
}
