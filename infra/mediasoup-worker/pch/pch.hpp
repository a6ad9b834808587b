// What nearly every source of the worker includes and what takes most of its compilation.
#ifndef NHIP_CAU_PCH_HPP
#define NHIP_CAU_PCH_HPP

#include "common.hpp"
#include <FBS/message.h>
#include <FBS/notification.h>
#include <FBS/request.h>
#include <FBS/response.h>
#include <ankerl/unordered_dense.h>
#include <uv.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#endif
