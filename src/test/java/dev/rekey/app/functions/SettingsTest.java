package dev.rekey.app.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Mode;
import java.net.URI;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String GUID = "11111111-2222-3333-4444-555555555555";
  private static final String GROUP = "/subscriptions/" + GUID + "/resourceGroups/prod";

  private final Map<String, String> environment =
      new HashMap<>(Map.of("REKEY_SCOPES", GROUP, "AzureWebJobsStorage__accountName", "store1"));

  @Test
  void onlyWhatIsRequired_theRestHasItsDefaults() {
    Settings settings = Settings.read(environment);

    assertThat(settings.scopes()).containsExactly(GROUP);
    assertThat(settings.conduct().cloud()).isEqualTo(Cloud.PUBLIC);
    assertThat(settings.conduct().mode()).isEqualTo(Mode.AUTO);
    assertThat(settings.conduct().createsVersions()).isTrue();
    assertThat(settings.conduct().censusEvery()).isEqualTo(Period.ofDays(7));
    assertThat(settings.maxInFlight()).isEqualTo(32);
    assertThat(settings.adminCertificateAllowed()).isFalse();
    assertThat(settings.storage())
        .isEqualTo(
            new StorageSettings(
                URI.create("https://store1.queue.core.windows.net"),
                URI.create("https://store1.table.core.windows.net"),
                null));
  }

  @Test
  void everythingIsSet_everythingIsRead() {
    environment.putAll(
        Map.of(
            "REKEY_SCOPES",
            "/subscriptions/"
                + GUID
                + " , "
                + GROUP
                + "/providers/Microsoft.ContainerService/managedClusters/a-1/",
            "REKEY_MODE",
            "Approve",
            "REKEY_ON_NEAR_EXPIRY",
            "notify",
            "REKEY_CENSUS_EVERY",
            "never",
            "REKEY_MAX_IN_FLIGHT",
            "8",
            "REKEY_ALLOW_ADMIN_CERTIFICATE",
            "true",
            "REKEY_CLOUD",
            "us-government",
            "AzureWebJobsStorage__clientId",
            GUID,
            "AzureWebJobsStorage__tableServiceUri",
            "https://tables.example/"));
    environment.put("REKEY_MAX_OPERATIONS", "3");
    environment.put("REKEY_ON_PREVIOUS_EXPIRY", "extend");

    Settings settings = Settings.read(environment);

    assertThat(settings.scopes()).hasSize(2);
    assertThat(settings.conduct().mode()).isEqualTo(Mode.APPROVE);
    assertThat(settings.conduct().createsVersions()).isFalse();
    assertThat(settings.conduct().censusEvery()).isNull();
    assertThat(settings.conduct().mostOperations()).isEqualTo(3);
    assertThat(settings.conduct().extendsPrevious()).isTrue();
    assertThat(settings.conduct().cloud()).isEqualTo(Cloud.US_GOVERNMENT);
    assertThat(settings.maxInFlight()).isEqualTo(8);
    assertThat(settings.adminCertificateAllowed()).isTrue();
    assertThat(settings.storage())
        .isEqualTo(
            new StorageSettings(
                URI.create("https://store1.queue.core.usgovcloudapi.net"),
                URI.create("https://tables.example"),
                GUID));
  }

  @Test
  void nothingIsSet_allThatIsMissingIsNamedAtOnce() {
    environment.clear();

    assertThat(problems())
        .hasSize(2)
        .anySatisfy(one -> assertThat(one).startsWith("REKEY_SCOPES is missing; expected: "))
        .anySatisfy(
            one -> assertThat(one).startsWith("AzureWebJobsStorage__accountName is missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "REKEY_SCOPES, my-subscription",
    "REKEY_MODE, automatic",
    "REKEY_ON_NEAR_EXPIRY, create",
    "REKEY_ON_PREVIOUS_EXPIRY, prolong",
    "REKEY_MAX_OPERATIONS, 0",
    "REKEY_MAX_OPERATIONS, 1001",
    "REKEY_MAX_IN_FLIGHT, 0",
    "REKEY_MAX_IN_FLIGHT, 513",
    "REKEY_MAX_IN_FLIGHT, many",
    "REKEY_CENSUS_EVERY, weekly",
    "REKEY_CENSUS_EVERY, P0D",
    "REKEY_CENSUS_EVERY, -P1D",
    "REKEY_ALLOW_ADMIN_CERTIFICATE, yes",
    "REKEY_CLOUD, germany",
    "AzureWebJobsStorage__accountName, My.Store",
    "AzureWebJobsStorage__clientId, me",
    "AzureWebJobsStorage__credential, account-key",
    "AzureWebJobsStorage__queueServiceUri, http://store1.queue.core.windows.net",
  })
  void oneIsWrong_itIsNamedWithTheExpectedFormAndNotQuoted(String name, String value) {
    environment.put(name, value);

    assertThat(problems())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one).startsWith(name + " ").contains("expected: ");
              if (value.length() > 6) {
                assertThat(one).doesNotContain(" " + value);
              }
            });
  }

  @Test
  void severalAreWrong_allAreNamed() {
    environment.put("REKEY_MODE", "x");
    environment.put("REKEY_CLOUD", "x");
    environment.put("REKEY_MAX_IN_FLIGHT", "x");

    assertThat(problems()).hasSize(3);
  }

  @Test
  void nameIsMisspelt_theNearestOneIsOffered() {
    environment.put("REKEY_MAX_INFLIGHT", "8");

    assertThat(problems())
        .containsExactly("REKEY_MAX_INFLIGHT is no setting; did you mean REKEY_MAX_IN_FLIGHT?");
  }

  @Test
  void connectionStringIsThere_itIsRefusedAndNotQuoted() {
    environment.put("AzureWebJobsStorage", "AccountKey=c2VjcmV0");

    assertThat(problems())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one).contains("AzureWebJobsStorage__accountName");
              assertThat(one).doesNotContain("c2VjcmV0");
            });
  }

  private List<String> problems() {
    InvalidSettings invalid =
        catchThrowableOfType(InvalidSettings.class, () -> Settings.read(environment));
    assertThat(invalid.getMessage()).contains(invalid.problems());
    return invalid.problems();
  }

  @Test
  void onlyOneOfAudienceAndIssuerIsSet_theOtherIsNamed() {
    environment.put("REKEY_AUTH_AUDIENCE", "api://rekey");

    assertThat(problems())
        .singleElement()
        .satisfies(one -> assertThat(one).startsWith("REKEY_AUTH_ISSUER is missing"));
  }

  @Test
  void platformAuthenticates_onlyWhereThePlatformSaysTrue() {
    assertThat(Settings.read(environment).callers().platformAuthenticates()).isFalse();
    environment.put("WEBSITE_AUTH_ENABLED", "True");
    assertThat(Settings.read(environment).callers().platformAuthenticates()).isTrue();
    environment.put("WEBSITE_AUTH_ENABLED", "1");
    assertThat(Settings.read(environment).callers().platformAuthenticates()).isFalse();
  }

  @Test
  void secondPartOfTheScopesIsWrong_itsPlaceIsNamed() {
    environment.put("REKEY_SCOPES", GROUP + ",nowhere");

    assertThat(problems()).singleElement().asString().contains("in its 2. part");
  }
}
