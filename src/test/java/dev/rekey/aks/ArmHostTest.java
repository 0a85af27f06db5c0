package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArmHostTest {

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void host_isTheOneThatTheSdkGoesTo(Cloud cloud) {
    ArmHost host = ArmHost.of(cloud);

    URI endpoint = URI.create(host.environment().getResourceManagerEndpoint());

    assertThat(host.name()).isEqualTo(endpoint.getHost());
    assertThat(host.owns(endpoint.toString())).isTrue();
    assertThat(host.tokenScope()).startsWith("https://management.").endsWith("/.default");
  }
}
