@NullMarked
package dev.headway.server.account.password;

import org.jspecify.annotations.NullMarked;
