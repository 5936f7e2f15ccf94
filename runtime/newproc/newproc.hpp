// zh: newproc 的全部公开接口。
// en: All of newproc's public interface.
#pragma once

#include "newproc/chan.hpp"    // IWYU pragma: export
#include "newproc/go.hpp"      // IWYU pragma: export
#include "newproc/select.hpp"  // IWYU pragma: export
#include "newproc/sync.hpp"    // IWYU pragma: export
#include "newproc/time.hpp"    // IWYU pragma: export
