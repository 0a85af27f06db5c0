package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

  @Test
  void theFunctionsAndTheirTriggers_areThese() {
    assertThat(functions().map(FunctionsTest::described))
        .containsExactlyInAnyOrder(
            "OnKeyEvent: event grid > queue rekey-key-events by AzureWebJobsStorage",
            "ReceiveKeyEvent: queue rekey-key-events by AzureWebJobsStorage",
            "AdvanceOperation: queue rekey-operations by AzureWebJobsStorage",
            "ReencryptShard: queue rekey-shards by AzureWebJobsStorage",
            "Reconcile: timer 0 */10 * * * *",
            "StartOperation: [POST] clusters/{cluster}/operations ANONYMOUS [cluster]",
            "SteerOperation: [POST] operations/{id}/{action} ANONYMOUS [id] [action]",
            "ReleaseWave: [POST] waves/{key}/release ANONYMOUS [key]",
            "PlanOperation: [POST] clusters/{cluster}/plan FUNCTION [cluster]",
            "ReadOperation: [GET] operations/{id} FUNCTION [id]",
            "ReadEvidence: [GET] operations/{id}/evidence FUNCTION [id]",
            "ListClusters: [GET] clusters FUNCTION",
            "ReadCluster: [GET] clusters/{cluster} FUNCTION [cluster]",
            "ListKeys: [GET] keys FUNCTION",
            "Health: [GET] health ANONYMOUS");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyFunction_isTheOnlyMethodOfItsClassWithTheNameOfTheClass(Method function) {
    Class<?> type = function.getDeclaringClass();

    assertThat(function.getAnnotation(FunctionName.class).value()).isEqualTo(type.getSimpleName());
    assertThat(Modifier.isPublic(type.getModifiers() & function.getModifiers())).isTrue();
    assertThat(type.getDeclaredMethods()).containsExactly(function);
  }

  /** The worker's Gson fails on records, times and SDK types, some of them without an answer. */
  @ParameterizedTest
  @MethodSource("functions")
  void everyParameter_isATextOrTheHostsOwn(Method function) {
    assertThat(function.getParameterTypes())
        .allMatch(
            Set.of(
                    String.class,
                    OutputBinding.class,
                    HttpRequestMessage.class,
                    ExecutionContext.class)
                ::contains);
  }

  /** An error there would never be answered. */
  @ParameterizedTest
  @MethodSource("functions")
  void everyFunctionClass_hasNothingStaticAndOneField(Method function) {
    JavaClass type = new ClassFileImporter().importClass(function.getDeclaringClass());

    assertThat(type.getStaticInitializer()).isEmpty();
    assertThat(type.getFields()).hasSize(1);
  }

  @Test
  void theWorkerFindsOneInjector_whichHasNothingToFailIn() {
    List<FunctionInstanceInjector> found =
        ServiceLoader.load(FunctionInstanceInjector.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    assertThat(found).singleElement().isInstanceOf(Composition.class);
    JavaClass type = new ClassFileImporter().importClass(Composition.class);
    assertThat(type.getStaticInitializer()).isEmpty();
    assertThat(type.getConstructors())
        .singleElement()
        .satisfies(only -> assertThat(only.getMethodCallsFromSelf()).isEmpty());
  }

  /** This process has none of the settings. */
  @ParameterizedTest
  @MethodSource("functions")
  void withoutAnySetting_everyFunctionIsMadeAllTheSame(Method function) throws Exception {
    Object made = new Composition().getInstance(function.getDeclaringClass());

    assertThat(made).isInstanceOf(function.getDeclaringClass());
  }

  static Stream<Method> functions() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.rekey.functions")
            .stream()
            .flatMap(type -> Arrays.stream(type.reflect().getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(FunctionName.class));
  }

  private static String described(Method function) {
    StringBuilder text = new StringBuilder(function.getAnnotation(FunctionName.class).value());
    text.append(":");
    for (Parameter parameter : function.getParameters()) {
      Arrays.stream(parameter.getAnnotations()).map(FunctionsTest::described).forEach(text::append);
    }
    return text.toString();
  }

  private static String described(Annotation annotation) {
    if (annotation instanceof EventGridTrigger) {
      return " event grid";
    }
    if (annotation instanceof QueueOutput queue) {
      return " > queue " + queue.queueName() + " by " + queue.connection();
    }
    if (annotation instanceof QueueTrigger queue) {
      return " queue " + queue.queueName() + " by " + queue.connection();
    }
    if (annotation instanceof TimerTrigger timer) {
      return " timer " + timer.schedule();
    }
    if (annotation instanceof HttpTrigger http) {
      return " " + Arrays.toString(http.methods()) + " " + http.route() + " " + http.authLevel();
    }
    return annotation instanceof BindingName name ? " [" + name.value() + "]" : " unknown";
  }
}
