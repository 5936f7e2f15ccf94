#include "whole.hpp"
