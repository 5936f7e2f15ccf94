// zh: newproc 的全部公开接口。
// en: All of newproc's public interface.
#pragma once

#include "newproc/go.hpp"
#include "newproc/time.hpp"
