@NullMarked
package dev.headway.server.account;

import org.jspecify.annotations.NullMarked;
