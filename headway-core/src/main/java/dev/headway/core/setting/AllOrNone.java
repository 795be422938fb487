package dev.headway.core.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A nested record that is null unless certain settings are set. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface AllOrNone {
  /** Names of settings, of which all are set or none; while none is, the record is null. */
  String[] value();
}
