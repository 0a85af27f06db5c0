package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.AzureEnvironment;
import dev.rekey.key.Cloud;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArmHostTest {

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void host_isTheOneThatTheSdkGoesTo(Cloud cloud) {
    ArmHost host = ArmHost.of(cloud);

    URI endpoint = URI.create(environment(cloud).getResourceManagerEndpoint());

    assertThat(host.name()).isEqualTo(endpoint.getHost());
    assertThat(host.owns(endpoint.toString())).isTrue();
    assertThat(host.tokenScope()).startsWith("https://management.").endsWith("/.default");
  }

  private static AzureEnvironment environment(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> AzureEnvironment.AZURE;
      case CHINA -> AzureEnvironment.AZURE_CHINA;
      case US_GOVERNMENT -> AzureEnvironment.AZURE_US_GOVERNMENT;
    };
  }
}
