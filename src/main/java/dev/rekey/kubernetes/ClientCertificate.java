package dev.rekey.kubernetes;

import io.kubernetes.client.util.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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
      PrivateKey key = SSLUtils.loadKey(keyPem);
      if (chain.length == 0 || !belongTogether(chain[0].getPublicKey(), key)) {
        throw new GeneralSecurityException("not a certificate with its private key");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, none);
      store.setKeyEntry("client", key, none, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, none);
      return factory.getKeyManagers();
    } catch (IOException | RuntimeException unreadable) {
      // Without a cause: parsers quote what they read.
      throw new GeneralSecurityException("not a certificate with its private key");
    }
  }

  /** A keystore takes any pair, and TLS would fail at the other side, which does not say why. */
  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> publicKey.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    return signature.verify(signed);
  }
}
