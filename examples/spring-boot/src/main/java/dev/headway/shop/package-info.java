/** A shop on Spring Boot, whose photos and nightly work are shown as jobs. */
@NullMarked
package dev.headway.shop;

import org.jspecify.annotations.NullMarked;
