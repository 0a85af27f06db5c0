package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.SecretsPage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private static final String COLUMN = "{\"name\":\"Name\",\"format\":\"name\"}";
  private static final String START =
      "{\"kind\":\"Table\",\"metadata\":{\"resourceVersion\":\"9\"},\"columnDefinitions\":[";
  private static final String HEAD = START + COLUMN + "],";

  private static NameTable read(String body) throws IOException {
    return NameTable.read(stream(body));
  }

  @Test
  void aPageOfSecretsKeepsTheNamesTheListsVersionAndTheToken() throws IOException {
    SecretsPage.Names page = (SecretsPage.Names) read(text("secrets-page.json")).secrets("default");

    assertThat(page.secrets())
        .containsExactly(
            new SecretRef("default", "s1", "205"), new SecretRef("default", "s2", "205"));
    assertThat(page.resourceVersion()).isEqualTo("205");
    assertThat(page.next()).startsWith("eyJ2IjoibWV0YS5rOHMuaW8vdjEi");
  }

  @Test
  void aPageOfNamespacesKeepsTheNamesAndEndsWithoutAToken() throws IOException {
    assertThat(read(text("namespaces-page.json")).listing())
        .isEqualTo(
            new Listing<>(
                List.of("default", "kube-node-lease", "kube-public", "kube-system"), null));
  }

  @Test
  void cellsOtherThanTheNameAreSkippedWhateverTheyHold() throws IOException {
    String page =
        text("secrets-page.json").replace("\"Opaque\"", "[{\"x\": [\"" + CANARY + "\"]}]");

    NameTable table = read(page);

    assertThat(table.names()).containsExactly("s1", "s2");
    assertThat(table.toString()).doesNotContain(CANARY);
  }

  @Test
  void theNameIsFoundWhereTheColumnsSayAndNotWhereItUsuallyIs() throws IOException {
    String columns = "{\"name\":\"Name\",\"format\":\"\"},{\"name\":\"Type\"}," + COLUMN + "],";

    assertThat(read(START + columns + "\"rows\":[{\"cells\":[\"x\",[1],\"n\",2]}]}").names())
        .containsExactly("n");
  }

  @Test
  void aListCutOffAnywhereIsNeverAnEndedList() {
    String page = text("secrets-page.json");
    for (int length = 0; length < page.length() - 1; length++) {
      String cut = page.substring(0, length);
      assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(IOException.class);
    }
  }

  /** The server, or a proxy before it, ignored {@code includeObject=None}. */
  @Test
  void aRowWithAnObjectIsRefused() {
    String page = text("patch-200-with-object.json").replace("\"a\": \"b\"", "\"a\": \"" + CANARY);

    assertThatThrownBy(() -> read(page))
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("did not heed includeObject=None")
        .hasMessageNotContaining(CANARY);
    assertThatThrownBy(() -> read(HEAD + "\"rows\":[{\"object\":{},\"cells\":[\"n\"]}]}"))
        .isInstanceOf(NotUnderstood.class);
  }

  @Test
  void whatIsNoTableIsRefusedWithoutBeingWalkedThrough() {
    for (String kind : new String[] {"Secret", "SecretList", "PartialObjectMetadataList"}) {
      String whole =
          "{\"kind\":\"%s\",\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"p\":\"%s\"}}"
              .formatted(kind, CANARY.repeat(100_000));
      Counted body = new Counted(stream(whole));

      assertThatThrownBy(() -> NameTable.read(body))
          .isInstanceOf(NotUnderstood.class)
          .hasMessageContaining("did not heed what we accept")
          .hasMessageNotContaining(CANARY);
      assertThat(body.bytes).isLessThan(10_000);
    }
  }

  @Test
  void anythingBeforeTheKindIsRefused() {
    assertThatThrownBy(() -> read("{\"data\":{\"p\":\"" + CANARY + "\"},\"kind\":\"Table\"}"))
        .isInstanceOf(NotUnderstood.class);
    assertThatThrownBy(() -> read("{\"rows\":[]," + HEAD.substring(1) + "\"x\":1}"))
        .isInstanceOf(NotUnderstood.class);
  }

  @Test
  void rowsBeforeOrWithoutTheNameColumnAreRefused() {
    String rows = "\"rows\":[{\"cells\":[\"n\"]}]";
    String table = "{\"kind\":\"Table\",\"metadata\":{\"resourceVersion\":\"9\"},";
    for (String body :
        new String[] {
          table + rows + "}",
          table + rows + ",\"columnDefinitions\":[" + COLUMN + "]}",
          START + "]," + rows + "}",
          START + "{\"name\":\"Name\",\"format\":\"\"}]," + rows + "}",
          START + "{\"name\":\"Id\",\"format\":\"name\"}]," + rows + "}",
          START + "null]," + rows + "}"
        }) {
      assertThatThrownBy(() -> read(body)).as(body).isInstanceOf(NotUnderstood.class);
    }
  }

  @Test
  void anEmptyListIsOne() throws IOException {
    assertThat(read(HEAD + "\"rows\":[]}").names()).isEmpty();
    assertThat(read(HEAD + "\"rows\":null}").names()).isEmpty();
  }

  @Test
  void aListWithoutRowsOrVersionOrWithATailIsRefused() {
    for (String body :
        new String[] {
          HEAD + "\"x\":1}",
          "{\"kind\":\"Table\",\"columnDefinitions\":[" + COLUMN + "],\"rows\":[]}",
          "{\"kind\":\"Table\",\"metadata\":{\"resourceVersion\":\"\"},\"rows\":[]}",
          "{\"kind\":\"Table\",\"metadata\":null,\"rows\":[]}",
          HEAD + "\"rows\":[]}{}",
          HEAD + "\"rows\":{}}",
          "null",
          "[]",
          "<html>",
          ""
        }) {
      assertThatThrownBy(() -> read(body)).as(body).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRowWithoutExactlyOneNameIsRefused() {
    for (String row :
        new String[] {
          "{}",
          "null",
          "7",
          "{\"object\":null}",
          "{\"cells\":null}",
          "{\"cells\":[]}",
          "{\"cells\":[7]}",
          "{\"cells\":[\"\"]}",
          "{\"cells\":[[\"n\"]]}",
          "{\"cells\":[\"n\"],\"cells\":[\"m\"]}"
        }) {
      assertThatThrownBy(() -> read(HEAD + "\"rows\":[" + row + "]}"))
          .as(row)
          .isInstanceOf(NotUnderstood.class);
    }
  }

  /** How much of a body was taken. */
  private static final class Counted extends FilterInputStream {
    private int bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      bytes += Math.max(read, 0);
      return read;
    }
  }
}
