package dev.rekey.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * One certificate for all replicas, its own authority: TLS is verified for real, and still works
 * through the balancer, whichever replica answers. The API servers sign service account tokens with
 * the same key.
 *
 * @param certificateFile PEM; also what clients trust
 * @param keyFile PEM, PKCS#8
 */
public record ServingCertificate(Path certificateFile, Path keyFile, KeyStore keys) {
  private static final String ALIAS = "testbed";
  private static final String PASSWORD = "only-in-a-test-folder";

  /** Made by the JDK's own {@code keytool}: nothing else to install. */
  public static ServingCertificate generate(Path folder) {
    Path store = folder.resolve("serving.p12");
    Path log = folder.resolve("keytool.log");
    ChildProcess keytool = ChildProcess.start(command(store), log);
    if (keytool.await() != 0) {
      throw new IllegalStateException("keytool failed:\n" + keytool.lastLines());
    }
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return written(folder, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(Path store) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-J-XX:TieredStopAtLevel=1",
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "30",
        "-dname",
        "CN=rekey-testbed",
        "-ext",
        "bc:c=ca:true",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
  }

  private static ServingCertificate written(Path folder, KeyStore keys)
      throws GeneralSecurityException, IOException {
    Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
    Path certificateFile = folder.resolve("serving.crt");
    Path keyFile = folder.resolve("serving.key");
    Files.writeString(certificateFile, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    return new ServingCertificate(certificateFile, keyFile, keys);
  }

  private static String pem(String what, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, encoder.encodeToString(der), what);
  }

  /** A client side that trusts this certificate and nothing else. */
  public SSLContext trust() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a process trusts this certificate by, and nothing else, from its first request on. */
  public List<String> trustArguments() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + certificateFile.resolveSibling("serving.p12"),
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /** A server side that shows this certificate. */
  public SSLContext serve() {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
