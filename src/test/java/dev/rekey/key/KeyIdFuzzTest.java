package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import java.net.URI;
import java.nio.charset.StandardCharsets;

class KeyIdFuzzTest {

  @FuzzTest
  void anyText_isTheAddressOfAKeyVersionOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Cloud cloud : Cloud.values()) {
      try {
        assertPlain(KeyId.parse(text, cloud), text, cloud);
      } catch (InvalidKeyId refused) {
        Canary.notIn(refused);
      }
    }
  }

  /** Whoever reads the address in another way sees the same host, and nothing beside it. */
  private static void assertPlain(KeyId id, String text, Cloud cloud) {
    URI address = URI.create(id.url());
    String host = id.key().vaultHost();

    assertThat(id.url()).isEqualToIgnoringCase(text);
    assertThat(KeyId.parse(id.url(), cloud)).isEqualTo(id);
    assertThat(address.normalize()).isEqualTo(address);
    assertThat(address.getScheme()).isEqualTo("https");
    assertThat(address.getRawAuthority()).isEqualTo(host);
    assertThat(host).endsWith("." + cloud.vaultSuffix()).isEqualTo(address.getHost());
    assertThat(host.substring(0, host.length() - cloud.vaultSuffix().length() - 1))
        .doesNotContain(".");
    assertThat(address.getRawPath()).isEqualTo("/keys/" + id.key().name() + "/" + id.version());
    assertThat(address.getRawQuery()).isNull();
    assertThat(address.getRawFragment()).isNull();
  }
}
