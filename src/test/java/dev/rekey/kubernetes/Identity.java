package dev.rekey.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A self-signed certificate with its key, made by keytool once per test run. */
final class Identity {
  static final char[] PASSWORD = "changeit".toCharArray();
  static final Identity SERVER = make("server");
  static final Identity CLIENT = make("client");

  /** What precedes the PKCS#1 structure in the PKCS#8 structure of a 2048 bit RSA key. */
  private static final int PKCS8_HEADER = 26;

  final KeyStore store;
  private final String name;

  private Identity(String name, KeyStore store) {
    this.name = name;
    this.store = store;
  }

  private static Identity make(String name) {
    try {
      Path folder = Files.createTempDirectory("rekey-identity");
      Path file = folder.resolve(name + ".p12");
      Process keytool =
          new ProcessBuilder(command(name, file))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      Files.delete(file);
      Files.delete(folder);
      return new Identity(name, store);
    } catch (IOException | GeneralSecurityException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<String> command(String name, Path file) {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    return List.of(
        keytool,
        "-genkeypair",
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-validity",
        "30",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-ext",
        "SAN=IP:127.0.0.1,dns:localhost",
        "-keystore",
        file.toString());
  }

  String certificatePem() {
    try {
      return pem("CERTIFICATE", store.getCertificate(name).getEncoded());
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String keyPem() {
    return pem("PRIVATE KEY", key());
  }

  /** As AKS hands them out. */
  String pkcs1KeyPem() {
    byte[] key = key();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(key, PKCS8_HEADER, key.length));
  }

  private byte[] key() {
    try {
      return store.getKey(name, PASSWORD).getEncoded();
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
