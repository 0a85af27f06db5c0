package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import dev.rekey.testbed.KmsMessages.DecryptRequest;
import dev.rekey.testbed.KmsMessages.DecryptResponse;
import dev.rekey.testbed.KmsMessages.EncryptRequest;
import dev.rekey.testbed.KmsMessages.EncryptResponse;
import dev.rekey.testbed.KmsMessages.StatusResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A KMS v2 plugin on a Unix socket that behaves like Azure's, which AKS hosts: one plugin serves
 * one key version, its key id is the hash of that version's URL, it decrypts for no other key id,
 * and its health check really encrypts and decrypts.
 */
public final class KmsPlugin implements AutoCloseable {
  private static final byte[] HEALTH_CHECK = "healthcheck".getBytes(StandardCharsets.UTF_8);

  /** What Azure's plugin stores beside each data key; names must be domain names. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of("algorithm.azure.akv.io", "RSA-OAEP-256", "version.azure.akv.io", "1");

  /**
   * gRPC sets a TCP option on every connection, and Netty warns each time. Held: loggers are weak.
   */
  private static final Logger NETTY = Logger.getLogger("io.netty.bootstrap");

  static {
    NETTY.setLevel(Level.SEVERE);
  }

  private final Path socket;
  private final String keyUrl;
  private final KeyOperations keys;
  private final AtomicLong encrypts = new AtomicLong();
  private final AtomicLong decrypts = new AtomicLong();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Server server;

  private KmsPlugin(Path socket, String keyUrl, KeyOperations keys) throws IOException {
    this.socket = socket;
    this.keyUrl = keyUrl;
    this.keys = keys;
    // A killed plugin leaves its socket behind, and then the address is "in use" for ever.
    Files.deleteIfExists(socket);
    this.server =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .addService(KmsService.of(new Methods()))
            .build()
            .start();
  }

  /**
   * @param socket at most 107 bytes long: a limit of Unix sockets
   */
  public static KmsPlugin start(Path socket, String keyUrl, KeyOperations keys) {
    try {
      return new KmsPlugin(socket, keyUrl, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key id that Azure's plugin reports for a key version. */
  public static String keyIdOf(String keyUrl) {
    return Hash.sha256(keyUrl);
  }

  public String keyUrl() {
    return keyUrl;
  }

  public String keyId() {
    return keyIdOf(keyUrl);
  }

  public Path socket() {
    return socket;
  }

  /** Encrypt calls, those inside the health check not counted. */
  public long encrypts() {
    return encrypts.get();
  }

  /** Decrypt calls, those inside the health check not counted. */
  public long decrypts() {
    return decrypts.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
    loops.shutdownGracefully();
  }

  private final class Methods implements KmsService.Methods {
    @Override
    public StatusResponse status() throws KeyRefused {
      byte[] back = keys.decrypt(keyUrl, keys.encrypt(keyUrl, HEALTH_CHECK));
      if (!Arrays.equals(back, HEALTH_CHECK)) {
        throw new KeyRefused(KeyRefused.Reason.NOT_FOUND);
      }
      return new StatusResponse("v2", "ok", keyId());
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest request) throws KeyRefused {
      encrypts.incrementAndGet();
      return new EncryptResponse(keys.encrypt(keyUrl, request.plaintext()), keyId(), ANNOTATIONS);
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) throws KeyRefused {
      decrypts.incrementAndGet();
      if (!request.keyId().equals(keyId())) {
        throw new KeyRefused(KeyRefused.Reason.NOT_FOUND);
      }
      return new DecryptResponse(keys.decrypt(keyUrl, request.ciphertext()));
    }
  }
}
