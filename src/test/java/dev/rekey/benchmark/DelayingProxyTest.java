package dev.rekey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DelayingProxyTest {
  private static final Duration ROUND_TRIP = Duration.ofMillis(10);

  @Test
  void answerToASmallRequest_comesNoSoonerThanARoundTrip() throws IOException {
    try (ServerSocket echo = echo();
        DelayingProxy proxy = DelayingProxy.before(echo.getLocalPort(), ROUND_TRIP);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      for (int number = 0; number < 5; number++) {
        long began = System.nanoTime();
        client.getOutputStream().write(number);
        assertThat(client.getInputStream().read()).isEqualTo(number);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos());
      }
    }
  }

  @Test
  void manyBytes_comeWholeAndInOrder() throws IOException {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (ServerSocket echo = echo();
        DelayingProxy proxy = DelayingProxy.before(echo.getLocalPort(), ROUND_TRIP);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, sent));
      byte[] received = new byte[sent.length];
      new DataInputStream(client.getInputStream()).readFully(received);
      writing.join();

      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void nobodyBehind_theConnectionEnds() throws IOException {
    int port;
    try (ServerSocket gone = echo()) {
      port = gone.getLocalPort();
    }
    try (DelayingProxy proxy = DelayingProxy.before(port, ROUND_TRIP);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServerSocket echo() throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> echoAll(server), "echo");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void echoAll(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Closed with the test.
      return;
    }
  }
}
