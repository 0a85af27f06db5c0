package dev.rekey.storage;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that reads each request to its end, and then answers as no well-behaved
 * server does: it says that more comes than does, or resets the connection.
 */
public final class RawHttp implements AutoCloseable {

  /**
   * What is written after a request, and how the connection ends.
   *
   * @param text status line, headers and body, as far as they go
   * @param isReset whether the connection is reset then (RST) instead of being closed
   */
  public record Answer(String text, boolean isReset) {

    /** A whole answer. */
    public static Answer of(int status, String type, String body) {
      return new Answer(head(status, type, body.length()) + body, false);
    }

    /** The same with another header. */
    public Answer with(String header, String value) {
      return new Answer(
          text.replaceFirst("\r\n", "\r\n" + header + ": " + value + "\r\n"), isReset);
    }

    /** One whose body ends before its length, with the connection closed as if all were well. */
    public static Answer truncated(int status, String type, String body) {
      return new Answer(head(status, type, body.length() + 1000) + body, false);
    }

    /** One whose body is broken off by a reset. */
    public static Answer resetAfter(int status, String type, String body) {
      return new Answer(head(status, type, body.length() + 1000) + body, true);
    }

    /** None: the request has come in whole, and the connection is reset. */
    public static Answer reset() {
      return new Answer("", true);
    }

    private static String head(int status, String type, int length) {
      return "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
          .formatted(status, type, length);
    }
  }

  /** A request's first line, split, and its headers as they came. */
  public record Asked(String method, String target, String headers) {
    public boolean has(String header) {
      return headers.contains("\r\n" + header.toLowerCase(Locale.ROOT) + ":");
    }
  }

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final @Nullable SSLContext tls;
  private final Function<Asked, Answer> answers;

  public RawHttp(Function<Asked, Answer> answers) {
    this(answers, null);
  }

  /**
   * @param tls what it shows to clients; null for none
   */
  public RawHttp(Function<Asked, Answer> answers, @Nullable SSLContext tls) {
    this.answers = answers;
    this.tls = tls;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    daemon(this::listen);
  }

  public String url() {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + server.getLocalPort();
  }

  public List<Asked> asked() {
    return asked;
  }

  private void listen() {
    try {
      while (true) {
        Socket client = server.accept();
        daemon(() -> serve(client));
      }
    } catch (IOException closed) {
      // No more come.
    }
  }

  private void serve(Socket wire) {
    try (wire) {
      Socket client = tls == null ? wire : encrypted(wire, tls);
      Asked request = read(client.getInputStream());
      asked.add(request);
      Answer answer = answers.apply(request);
      OutputStream out = client.getOutputStream();
      out.write(answer.text().getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (answer.isReset()) {
        wire.setSoLinger(true, 0);
      }
    } catch (IOException clientIsGone) {
      // Nobody is left to answer.
    }
  }

  private static Socket encrypted(Socket wire, SSLContext tls) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(wire, "127.0.0.1", wire.getPort(), false);
    socket.setUseClientMode(false);
    return socket;
  }

  private static Asked read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String[] first = text.substring(0, text.indexOf("\r\n")).split(" ");
    String headers = text.substring(text.indexOf("\r\n")).toLowerCase(Locale.ROOT);
    in.readNBytes(length(headers));
    return new Asked(first[0], first[1], headers);
  }

  private static int length(String headers) {
    String name = "\r\ncontent-length:";
    int at = headers.indexOf(name);
    int from = at + name.length();
    return at < 0
        ? 0
        : Integer.parseInt(headers.substring(from, headers.indexOf("\r\n", from)).strip());
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "raw-http");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }
}
