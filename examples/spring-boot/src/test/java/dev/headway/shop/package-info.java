/** Tests of the shop against a server. */
@NullMarked
package dev.headway.shop;

import org.jspecify.annotations.NullMarked;
