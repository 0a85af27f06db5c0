package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
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
 * A KMS plugin on a Unix socket that behaves like Azure's, which AKS hosts: one plugin serves one
 * key version, for KMS v1 and v2 alike. With v2 its key id is the hash of that version's URL, it
 * decrypts for no other key id, and its health check really encrypts and decrypts.
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
            .addService(new V1().definition())
            .addService(new V2().definition())
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

  /** Encrypt calls, those inside the health check of KMS v2 not counted. */
  public long encrypts() {
    return encrypts.get();
  }

  /** Decrypt calls, those inside the health check of KMS v2 not counted. */
  public long decrypts() {
    return decrypts.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
    loops.shutdownGracefully();
  }

  /** Health checks of KMS v1 are calls like any other. */
  private final class V1 implements KmsV1Service {
    @Override
    public KmsV1Messages.VersionResponse version() {
      return new KmsV1Messages.VersionResponse("v1beta1", "rekey-testbed", "0.0.1");
    }

    @Override
    public KmsV1Messages.EncryptResponse encrypt(KmsV1Messages.EncryptRequest request)
        throws KeyRefused {
      encrypts.incrementAndGet();
      return new KmsV1Messages.EncryptResponse(keys.encrypt(keyUrl, request.plain()));
    }

    @Override
    public KmsV1Messages.DecryptResponse decrypt(KmsV1Messages.DecryptRequest request)
        throws KeyRefused {
      decrypts.incrementAndGet();
      return new KmsV1Messages.DecryptResponse(keys.decrypt(keyUrl, request.cipher()));
    }
  }

  private final class V2 implements KmsV2Service {
    @Override
    public KmsV2Messages.StatusResponse status() throws KeyRefused {
      byte[] back = keys.decrypt(keyUrl, keys.encrypt(keyUrl, HEALTH_CHECK));
      if (!Arrays.equals(back, HEALTH_CHECK)) {
        throw new KeyRefused(KeyRefused.Reason.NOT_FOUND);
      }
      return new KmsV2Messages.StatusResponse("v2", "ok", keyId());
    }

    @Override
    public KmsV2Messages.EncryptResponse encrypt(KmsV2Messages.EncryptRequest request)
        throws KeyRefused {
      encrypts.incrementAndGet();
      byte[] sealed = keys.encrypt(keyUrl, request.plaintext());
      return new KmsV2Messages.EncryptResponse(sealed, keyId(), ANNOTATIONS);
    }

    @Override
    public KmsV2Messages.DecryptResponse decrypt(KmsV2Messages.DecryptRequest request)
        throws KeyRefused {
      decrypts.incrementAndGet();
      if (!request.keyId().equals(keyId())) {
        throw new KeyRefused(KeyRefused.Reason.NOT_FOUND);
      }
      return new KmsV2Messages.DecryptResponse(keys.decrypt(keyUrl, request.ciphertext()));
    }
  }
}
