package dev.rekey.storage;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/**
 * Refuses null for what a record doesn't declare {@code @Nullable}, and in its lists and maps: it
 * would be found out about later, by a step that is half done.
 */
final class NoNulls extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  private static final JsonSetter.Value NOWHERE =
      JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
  private static final JsonSetter.Value INSIDE_ONLY =
      JsonSetter.Value.construct(Nulls.SET, Nulls.FAIL);

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public JsonSetter.@Nullable Value findSetterInfo(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner().getAnnotated() instanceof Executable constructor) {
      return constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
              Nullable.class)
          ? INSIDE_ONLY
          : NOWHERE;
    }
    return super.findSetterInfo(annotated);
  }
}
