package dev.rekey.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeyIdTest {
  private static final String PLAIN =
      "https://sample-kv.vault.azure.net/keys/newkey/ee059b2bb5bc48398a53b168c6cdcb10";

  @Test
  void plainUrlIsReadAndPrintedAsItStands() {
    KeyId keyId = KeyId.parse(PLAIN, Cloud.PUBLIC);

    assertThat(keyId.key()).isEqualTo(new VaultKey("sample-kv.vault.azure.net", "newkey"));
    assertThat(keyId.version()).isEqualTo("ee059b2bb5bc48398a53b168c6cdcb10");
    assertThat(keyId.url()).isEqualTo(PLAIN);
  }

  @Test
  void hostIsOneHostWhateverItsCase() {
    KeyId keyId = KeyId.parse("https://Sample-KV.Vault.Azure.NET/keys/k/1", Cloud.PUBLIC);

    assertThat(keyId.key().vaultHost()).isEqualTo("sample-kv.vault.azure.net");
  }

  @Test
  void versionsOfOneKeyAreOfTheSameKeyWhateverTheCaseOfItsName() {
    KeyId one = KeyId.parse("https://sample-kv.vault.azure.net/keys/NewKey/1", Cloud.PUBLIC);
    KeyId two = KeyId.parse("https://sample-kv.vault.azure.net/keys/newkey/2", Cloud.PUBLIC);
    KeyId other = KeyId.parse("https://sample-kv.vault.azure.net/keys/newkeys/2", Cloud.PUBLIC);

    assertThat(one.isVersionOfSameKey(two)).isTrue();
    assertThat(two.isVersionOfSameKey(other)).isFalse();
  }

  @Test
  void oneVersionIsTheSameWhateverItsCaseAndNoOtherIs() {
    KeyId one = KeyId.parse("https://sample-kv.vault.azure.net/keys/k/AB", Cloud.PUBLIC);
    KeyId same = KeyId.parse("https://sample-kv.vault.azure.net/keys/K/ab", Cloud.PUBLIC);
    KeyId other = KeyId.parse("https://sample-kv.vault.azure.net/keys/k/AC", Cloud.PUBLIC);

    assertThat(one.isSameAs(same)).isTrue();
    assertThat(one.isSameAs(other)).isFalse();
  }

  @Test
  void itIsShownByItsUrl() {
    assertThat(KeyId.parse(PLAIN, Cloud.PUBLIC)).hasToString(PLAIN);
  }

  @TestFactory
  Stream<DynamicTest> vaultOfEachCloudIsAcceptedThereOnly() {
    return Stream.of(Cloud.values())
        .map(
            cloud ->
                DynamicTest.dynamicTest(
                    cloud.vaultSuffix(),
                    () -> {
                      String url = "https://sample-kv." + cloud.vaultSuffix() + "/keys/k/1";
                      assertThat(KeyId.parse(url, cloud).url()).isEqualTo(url);
                      for (Cloud other : Cloud.values()) {
                        if (other != cloud) {
                          assertThat(problem(url, other))
                              .isEqualTo(InvalidKeyId.Problem.FOREIGN_HOST);
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> smallestAndLargestNamesAreAccepted() {
    return Stream.of(
            "https://abc.vault.azure.net/keys/k/1",
            "https://" + "a".repeat(24) + ".vault.azure.net/keys/k/1",
            "https://a-b-c-d-e-f-g-h-i-j-k-l2.vault.azure.net/keys/k/1",
            "https://abc.vault.azure.net/keys/" + "k".repeat(127) + "/" + "1".repeat(64))
        .map(
            url ->
                DynamicTest.dynamicTest(
                    url, () -> assertThat(KeyId.parse(url, Cloud.PUBLIC).url()).isEqualTo(url)));
  }

  @TestFactory
  Stream<DynamicTest> textThatIsNotThePlainFormIsRefused() {
    return HOSTILE_FORMS.stream().map(text -> refused(text, InvalidKeyId.Problem.FORM));
  }

  @TestFactory
  Stream<DynamicTest> hostThatIsNoVaultOfTheCloudIsRefused() {
    return FOREIGN_HOSTS.stream().map(text -> refused(text, InvalidKeyId.Problem.FOREIGN_HOST));
  }

  @Test
  void refusalNamesFormAndRemedyAndDoesNotQuoteTheText() {
    InvalidKeyId refusal = refusal("https://evil.example/keys/newkey/1", Cloud.PUBLIC);

    assertThat(refusal)
        .hasMessageContaining("https://<vault>.vault.azure.net/keys/<name>/<version>")
        .hasMessageContaining("az keyvault key show")
        .hasMessageNotContainingAny("evil", "newkey");
  }

  private static DynamicTest refused(String text, InvalidKeyId.Problem problem) {
    String title = text.length() > 120 ? text.substring(0, 120) + "…" : text;
    return DynamicTest.dynamicTest(
        "\"" + title + "\"", () -> assertThat(problem(text, Cloud.PUBLIC)).isEqualTo(problem));
  }

  private static InvalidKeyId.Problem problem(String text, Cloud cloud) {
    return refusal(text, cloud).problem();
  }

  private static InvalidKeyId refusal(String text, Cloud cloud) {
    return catchThrowableOfType(InvalidKeyId.class, () -> KeyId.parse(text, cloud));
  }

  private static final List<String> FOREIGN_HOSTS =
      List.of(
          "https://sample-kv.vault.azure.cn/keys/k/1",
          "https://sample-kv.vault.usgovcloudapi.net/keys/k/1",
          "https://sample-kv.vault.azure.net.evil.example/keys/k/1",
          "https://sample-kv.evil.vault.azure.net/keys/k/1",
          "https://sample-kv.managedhsm.azure.net/keys/k/1",
          "https://sample-kv.privatelink.vaultcore.azure.net/keys/k/1",
          "https://sample-kv.vaultazure.net/keys/k/1",
          "https://sample-kv.vault.azure.com/keys/k/1",
          "https://evil.example/keys/k/1",
          "https://vault.azure.net/keys/k/1",
          "https://sample-kv..vault.azure.net/keys/k/1",
          "https://sample-kv.vault.azure.net./keys/k/1");

  private static final List<String> HOSTILE_FORMS =
      List.of(
          "",
          " ",
          "null",
          "sample-kv",
          PLAIN.replace("https:", "http:"),
          PLAIN.replace("https:", "HTTPS:"),
          PLAIN.replace("https:", "file:"),
          PLAIN.replace("https:", ""),
          PLAIN.replace("https://", "https:/"),
          PLAIN.replace("https://", "https:\\\\"),
          PLAIN.replace("https://", "https://user@"),
          PLAIN.replace("https://", "https://user:password@"),
          PLAIN.replace("https://", "https://evil.example\\@"),
          PLAIN.replace("https://", "https://evil.example#@"),
          PLAIN.replace("https://", "https://evil.example/"),
          PLAIN.replace(".net/", ".net:443/"),
          PLAIN.replace(".net/", ".net:8443/"),
          PLAIN.replace(".net/", ".net@evil.example/"),
          PLAIN.replace(".net/", ".net%2eevil.example/"),
          PLAIN.replace(".net/", ".net//"),
          PLAIN.replace(".net/", ".net\\"),
          PLAIN.replace("/keys/", "/secrets/"),
          PLAIN.replace("/keys/", "/Keys/"),
          PLAIN.replace("/keys/", "/keys//"),
          PLAIN.replace("/keys/", "/secrets/../keys/"),
          PLAIN.replace("/keys/", "/./keys/"),
          PLAIN.replace("/keys/newkey", "/keys/.."),
          PLAIN.replace("newkey", "new%6bey"),
          PLAIN.replace("newkey", "new key"),
          PLAIN.replace("newkey", "new_key"),
          PLAIN.replace("newkey", "newk\u0435y"),
          PLAIN.replace("newkey", "new\u0000key"),
          PLAIN.replace("newkey", "k".repeat(128)),
          "https://sample-kv.vault.azure.net/keys/newkey",
          "https://sample-kv.vault.azure.net/keys/newkey/",
          "https://sample-kv.vault.azure.net/keys//ee059b2bb5bc48398a53b168c6cdcb10",
          "https://sample-kv.vault.azure.net/",
          PLAIN + "/",
          PLAIN + "/create",
          PLAIN + "?api-version=7.4",
          PLAIN + "#fragment",
          PLAIN + "%00",
          PLAIN + "\n",
          PLAIN + " ",
          " " + PLAIN,
          "\uFEFF" + PLAIN,
          PLAIN + " " + PLAIN,
          PLAIN.replace("ee059b2b", "ee059b2b-"),
          PLAIN.replace("ee059b2b", ".."),
          PLAIN + "1".repeat(64),
          PLAIN + "1".repeat(1_000_000),
          "https://ab.vault.azure.net/keys/k/1",
          "https://" + "a".repeat(25) + ".vault.azure.net/keys/k/1",
          "https://a" + "-b".repeat(23) + ".vault.azure.net/keys/k/1",
          "https://1abc.vault.azure.net/keys/k/1",
          "https://-abc.vault.azure.net/keys/k/1",
          "https://abc-.vault.azure.net/keys/k/1",
          "https://a--b.vault.azure.net/keys/k/1",
          "https://a_b.vault.azure.net/keys/k/1",
          "https://s\u00e4mple.vault.azure.net/keys/k/1",
          "https://xn--smple-gra.vault.azure.net/keys/k/1",
          "https://\uff41bc.vault.azure.net/keys/k/1",
          "https://sample-kv.vault.a\u200dzure.net/keys/k/1",
          "https://sample-kv\u3002vault.azure.net/keys/k/1",
          "https://\u212Avault.vault.azure.net/keys/k/1",
          "https://127.0.0.1/keys/k/1",
          "https://[::1]/keys/k/1",
          "https://169.254.169.254/keys/k/1",
          "https://localhost/keys/k/1");
}
