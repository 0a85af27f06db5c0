package dev.rekey.kubernetes;

import io.kubernetes.client.util.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A client certificate with its private key, ready for TLS. */
final class ClientCertificate {
  private ClientCertificate() {}

  /**
   * client-java's own way starts from the keystore that {@code javax.net.ssl.keyStore} names, and
   * so could present another identity than the kubeconfig's; here nothing else gets in.
   *
   * @throws GeneralSecurityException if either isn't what it should be, or they don't belong
   *     together
   */
  static KeyManager[] keyManagers(byte[] certificatePem, byte[] keyPem)
      throws GeneralSecurityException {
    Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(certificatePem))
            .toArray(new Certificate[0]);
    char[] none = new char[0];
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry("client", SSLUtils.loadKey(keyPem), none, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, none);
      return factory.getKeyManagers();
    } catch (IOException | RuntimeException unreadable) {
      // Without a cause: parsers quote what they read.
      throw new GeneralSecurityException("not a certificate with its private key");
    }
  }
}
