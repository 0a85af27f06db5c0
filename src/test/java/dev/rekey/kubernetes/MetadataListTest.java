package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetadataListTest {
  private static final String HEAD =
      "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"9\"}";

  @Test
  void aPageOfSecretsKeepsFourFieldsAndTheToken() throws IOException {
    Listing<SecretRef> page = MetadataList.secrets(stream(text("secrets-page.json")));

    assertThat(page.items())
        .containsExactly(
            new SecretRef("default", "s1", "7a5f3101-989f-41da-8320-cc84b183bedd", "238"),
            new SecretRef("default", "s2", "c8277588-854f-4740-b88f-594c44ba5167", "228"));
    assertThat(page.next()).startsWith("eyJ2IjoibWV0YS5rOHMuaW8vdjEi");
  }

  @Test
  void aPageOfNamespacesKeepsTheNamesAndEndsWithoutAToken() throws IOException {
    assertThat(MetadataList.names(stream(text("namespaces-page.json"))))
        .isEqualTo(
            new Listing<>(
                java.util.List.of("default", "kube-node-lease", "kube-public", "kube-system"),
                null));
  }

  @Test
  void annotationsAreSkippedWhateverTheyHold() throws IOException {
    String page =
        text("secrets-page.json")
            .replace("\"a\": \"b\"", "\"a\": \"" + CANARY + "\", \"continue\": \"x\"");

    assertThat(MetadataList.secrets(stream(page)).toString()).doesNotContain(CANARY);
  }

  @Test
  void aListCutOffAnywhereIsNeverAnEndedList() {
    String page = text("secrets-page.json");
    for (int length = 0; length < page.length() - 1; length++) {
      String cut = page.substring(0, length);
      assertThatThrownBy(() -> MetadataList.secrets(stream(cut)))
          .as("cut at %d", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void wholeSecretsInsteadOfMetadataAreRefusedBeforeAnyItem() {
    String page =
        "{\"kind\":\"SecretList\",\"metadata\":{},\"items\":[{\"data\":{\"p\":\""
            + CANARY
            + "\"}}]}";

    assertThatThrownBy(() -> MetadataList.secrets(stream(page)))
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("did not heed what we accept")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void itemsBeforeTheKindAreRefused() {
    assertThatThrownBy(
            () ->
                MetadataList.secrets(
                    stream(
                        "{\"items\":[],\"metadata\":{},\"kind\":\"PartialObjectMetadataList\"}")))
        .isInstanceOf(NotUnderstood.class);
  }

  @Test
  void anEmptyListIsOne() throws IOException {
    assertThat(MetadataList.secrets(stream(HEAD + ",\"items\":[]}")).items()).isEmpty();
    assertThat(MetadataList.secrets(stream(HEAD + ",\"items\":null}")).items()).isEmpty();
  }

  @Test
  void aListWithoutItemsOrMetadataOrWithATailIsRefused() {
    for (String body :
        new String[] {
          HEAD + "}",
          "{\"kind\":\"PartialObjectMetadataList\",\"items\":[]}",
          HEAD + ",\"items\":[]}{}",
          HEAD + ",\"items\":{}}",
          "[]",
          "<html>",
          ""
        }) {
      assertThatThrownBy(() -> MetadataList.secrets(stream(body)))
          .as(body)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anItemWithoutAFieldThatWeNeedIsRefused() {
    for (String item :
        new String[] {
          "{}",
          "null",
          "{\"metadata\":null}",
          "7",
          "{\"metadata\":{\"namespace\":\"n\",\"name\":\"a\",\"uid\":\"u\"}}",
          "{\"metadata\":{\"namespace\":\"n\",\"name\":7,\"uid\":\"u\",\"resourceVersion\":\"1\"}}"
        }) {
      assertThatThrownBy(() -> MetadataList.secrets(stream(HEAD + ",\"items\":[" + item + "]}")))
          .as(item)
          .isInstanceOf(NotUnderstood.class);
    }
  }
}
