package dev.headway.core.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * A setting of the program: a component of a configuration record.
 *
 * <p>To add one, add an annotated component to the record of the part that reads it, for example to
 * {@code SocketSettings}. That is all: the YAML file, the environment variable, the error messages,
 * the start's log and {@code docs/configuration.md} (made by {@code ./headway settings}) follow
 * from it. A new record of settings becomes a component of {@code ServerConfig} or, for an
 * application's, of {@code dev.headway.app.config.Settings}.
 *
 * <p>Components are whole numbers, {@code boolean}, {@code String}, {@code Path}, {@code URI},
 * {@link java.time.Duration}, enums, or have a {@link #type} of their own. A setting whose preset
 * is empty may be left empty; its component is then null, unless it is a {@code String} or its type
 * reads empty texts ({@link SettingType#readsEmpty}).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** Its dotted name in the YAML file, unique in the program: {@code ws.ping-seconds}. */
  String name();

  /** The text of its value when nothing is set; empty for none. */
  String preset() default "";

  /** Its meaning in one or two sentences, for the reference. */
  String text();

  /** The least number, number of units, or length of a secret. */
  long min() default 0;

  /** The greatest number or number of units. */
  long max() default Integer.MAX_VALUE;

  /** The unit in which a duration is written; the name ends in it where it can be doubted. */
  ChronoUnit unit() default ChronoUnit.SECONDS;

  /** Whether its value is never shown. Only for {@code String}. */
  boolean secret() default false;

  /** The texts it takes, where its Java type does not say so; made without arguments. */
  Class<? extends SettingType<?>> type() default SettingTypes.Inferred.class;
}
